export { bytes, count, money, percent, plural } from "./numbers";
export { ago, clock, day, left, moment, position, span } from "./times";
export { spokenSeconds, words } from "./speech";
