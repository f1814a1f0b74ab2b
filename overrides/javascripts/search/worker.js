// Answers beside the page, so that who types never waits for the index to be read.
import { answering } from "./answers.js";

const answer = answering((told) => postMessage(told));
onmessage = ({ data }) => answer(data);
