# Prints each line that is not a comment as a JSON string without its quotes, after its line
# number.
NR == 1 { sub(/^\357\273\277/, "") }
{ sub(/\r$/, "") }
/^[ \t]*(#|$)/ { next }
/[\001-\010\013-\037\177]/ { print "bad " NR; exit }
{
  sub(/[ \t]*$/, "")
  gsub(/[\\"]/, "\\\\&")
  gsub(/\t/, "\\t")
  print NR "\t" $0
}
