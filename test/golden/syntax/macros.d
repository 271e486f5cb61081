/* @@arguments: 12 -0x10 +3 name two"words" "quoted" x-y 077ul */
BEGIN
{
	$1; $2; $3; $4; $5; $6; $7; $8;
	$$1; $$4; $$6;
	$target; $$target; $pid; $taskid; $$taskid;
	$0; $$0;
	x - $2;
	$4($1);
}
