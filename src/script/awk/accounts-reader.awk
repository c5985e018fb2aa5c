# Prints each account of a file with its name, or a line "fault=" for the first line that is wrong: an
# account a line, then its name if it has one. A number sign begins a comment.
{ sub(/\r$/, "") }
/^[ \t]*(#|$)/ { next }
fault { next }
{
  account = $1
  name = $0
  sub(/^[ \t]*[^ \t]+[ \t]*/, "", name)
  sub(/[ \t]+$/, "", name)
  if (account !~ /^[0-9]+$/ || length(account) != 12) fault = "the account must have twelve digits"
  else if (account in line) fault = "the account is in line " line[account] " already"
  else if (name ~ /[\001-\037\177]/) fault = "the name has control characters in it"
  if (fault) { print "fault=line " NR ": " fault; next }
  line[account] = NR
  print account "\t" name
}
