#pragma D option quiet
#pragma D option stackframes=7
#pragma D attributes Evolving/Evolving/Common mine
inline int mine = 5;

BEGIN
{
	stack();
	trace(mine);
}
