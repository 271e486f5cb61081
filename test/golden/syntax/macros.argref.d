/* @@flags: argref
 * @@arguments: unused */
BEGIN { }
