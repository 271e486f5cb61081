typedef struct node {
	struct node *next;
	char tag;
	short flags : 3, more : 6;
	unsigned rest : 20;
	union { int whole; char bytes[4]; };
} node_t;
enum colour { RED, GREEN = 5, BLUE };
node_t head;
enum colour paint;

BEGIN
{
	head.tag = 'x';
	head.more = 2;
	head.whole = BLUE;
	trace(head.bytes[1]);
	trace(sizeof (node_t));
	trace(offsetof(struct node, whole));
	paint = GREEN;
	trace(paint == RED);
	trace(((node_t *)arg0)->next->flags);
}
