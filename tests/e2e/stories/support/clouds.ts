/** The cloud that builds the servers of the stories. */
export const cloudOfStories = '01938000-0000-7000-8000-000000000001'
/** Where the story of a server that runs already says what it uses. */
export const meterOfStories = '01938000-0000-7000-8000-000000000002'
