/* The key is what is in the structure, however small it is. */
#pragma D option quiet

struct small {
	int number;
	char letter;
};

struct small one;
struct small same;
struct small other;

BEGIN
{
	one.number = 1;
	one.letter = 'a';
	same.number = 1;
	same.letter = 'a';
	other.number = 1;
	other.letter = 'b';
	seen[one] = 1000;
	seen[same] = 2000;
	seen[other] = 3000;
	printf("%d %d %d\n", seen[one], seen[same], seen[other]);
	exit(0);
}
