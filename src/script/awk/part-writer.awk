# Writes the request for a part. Events up to a minute outside it only explain records at its
# edges. Events without a time go with the first part.
BEGIN { FS = "\t"; ORS = ""; print "{\"since\":\"" since "\",\"until\":\"" until "\",\"events\":[" }
{
  # busybox reads a number with leading zeros as octal.
  at = $1
  sub(/^0+/, "", at)
  at += 0
  if (at > 0 ? at < start - 60 : !first) next
  if (at >= end + 60) exit
  print comma substr($0, length($1) + 2)
  comma = ","
}
END { print "]}" }
