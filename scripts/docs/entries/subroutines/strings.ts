/** The guide on subroutines for strings and numbers as text. */

import type { GuideEntry } from "../../entry.ts";

export const stringSubroutines = {
  index: {
    text:
      "Where the second string begins in the first, counted from 0; -1 where it does not. The search " +
      "begins at the position that is the third argument, else at 0; a negative position is 0.",
    example: `BEGIN
{
	printf("%d ", index("banana", "an"));
	printf("%d ", index("banana", "an", 2));
	printf("%d", index("banana", "x"));
	exit(0);
}`,
  },
  json: {
    text:
      "A value in a JSON text, as a string: `a.b` is the member `b` of the member `a`, `a[2]` the third " +
      "element. A string comes without its quotes and with its escapes as they are written, an object " +
      "or array as its text, a number as its digits, which `strtoll()` reads. `NULL` where there is no such " +
      "value or the text is no JSON. The text ends at `strsize`, an index has at most three digits.",
    example: `BEGIN
{
	this->text = "{\\"name\\": \\"disk\\", \\"errors\\": [3, 17], \\"on\\": true}";
	printf("%s ", json(this->text, "name"));
	printf("%d ", strtoll(json(this->text, "errors[1]")) + 1);
	printf("%s ", json(this->text, "errors"));
	printf("%d", json(this->text, "off") == NULL);
	exit(0);
}`,
  },
  lltostr: {
    text:
      "The number as a string, to the base of the second argument, 2 to 36; 10 without one, and only then " +
      "is the number signed. What is to base 16 begins with `0x`, to base 8 with `0`. Any other base is " +
      "an illegal operation.",
    example: `BEGIN
{
	printf("%s %s ", lltostr(-1), lltostr(-1, 16));
	printf("%s %s", lltostr(8, 8), lltostr(5, 2));
	exit(0);
}`,
  },
  rindex: {
    text:
      "Where the second string begins in the first for the last time; -1 where it does not. With a third " +
      "argument it begins there or before; a negative one finds nothing.",
    example: `BEGIN
{
	printf("%d ", rindex("banana", "an"));
	printf("%d ", rindex("banana", "an", 2));
	printf("%d", rindex("banana", "x"));
	exit(0);
}`,
  },
  strchr: {
    text:
      "The rest of the string from the first such character on; `NULL` where there is none. Characters " +
      "are bytes.",
    example: `BEGIN { trace(strchr("key=value", '=')); exit(0); }`,
  },
  strjoin: {
    text:
      "The second string behind the first; `+` does not do that. What is longer than `strsize` allows is " +
      "cut, without a fault. Integers become strings by `lltostr()`.",
    example: 'BEGIN { trace(strjoin("cpu", lltostr(4))); exit(0); }',
  },
  strlen: {
    text: "How many bytes the string has, the NUL not among them: at most `strsize` - 1.",
    example: 'BEGIN { printf("%d %d", strlen("abc"), strlen("äöü")); exit(0); }',
  },
  strrchr: {
    text: "The rest of the string from the last such character on; `NULL` where there is none.",
    example: `BEGIN { trace(strrchr("archive.tar.gz", '.')); exit(0); }`,
  },
  strstr: {
    text:
      "The rest of the first string from where it first has the second in it; `NULL` where it has not. An " +
      "empty second string is found at the start.",
    example: `BEGIN
{
	trace(strstr("one two three", "two"));
	trace(strstr("one two three", "four") == NULL);
	exit(0);
}`,
  },
  strtok: {
    text:
      "The first part of the string that has no byte of the second argument in it, then with `NULL` for " +
      "the string the next part, and `NULL` when there are no more. What is still to be split is kept for " +
      "one firing, its further clauses included: to call it with `NULL` first is a fault.",
    example: `BEGIN
{
	this->user = strtok("root:x:0:0", ":");
	this->password = strtok(NULL, ":");
	this->id = strtok(NULL, ":");
	printf("%s has %s", this->user, this->id);
	exit(0);
}`,
  },
  strtoll: {
    text:
      "The number at the start of the string, to the base of the second argument, 2 to 36; 10 without " +
      "one. Blanks and a sign may come first, and `0x` to base 16; it ends at the first byte that is no " +
      "digit, and is 0 without any. What needs more than 64 bits loses its upper bits. Any other base is an " +
      "illegal operation.",
    example: `BEGIN
{
	printf("%d %d ", strtoll(" -42 days"), strtoll("0xff", 16));
	printf("%d %d", strtoll("101", 2), strtoll("none"));
	exit(0);
}`,
  },
  substr: {
    text:
      "The string from the position of the second argument on, as many bytes as the third tells, or all. " +
      "A negative position counts from the end; a negative length leaves out so many at the end. What lies " +
      "outside of the string is empty.",
    example: `BEGIN
{
	printf("%s ", substr("abcdef", 2));
	printf("%s ", substr("abcdef", 2, 2));
	printf("%s ", substr("abcdef", -2));
	printf("%s", substr("abcdef", 1, -2));
	exit(0);
}`,
  },
  tolower: {
    text: "The string with small letters for the capitals `A` to `Z`; all other bytes stay.",
    example: 'BEGIN { trace(tolower("GET /Index.html")); exit(0); }',
  },
  toupper: {
    text: "The string with capitals for the small letters `a` to `z`; all other bytes stay.",
    example: 'BEGIN { trace(toupper("get /index.html")); exit(0); }',
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
