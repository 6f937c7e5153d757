-- A sealed answer is longer than what was typed; how long that may be is asked where it is read.
alter table order_questions drop constraint order_questions_answer_check;
alter table order_questions add constraint order_questions_answer_check check (length(answer) between 1 and 12000);
