# Writes the request for a part, or a part of it, from its events. If the request is larger than
# the service takes, it writes FULL instead. Events without a time go with the first part.
BEGIN { FS = "\t"; ORS = ""; print "{\"since\":\"" since "\",\"until\":\"" until "\",\"events\":[" }
{
  if ($2 > 0 ? $1 + 0 >= end || $2 + 0 < start : !first) next
  event = substr($0, length($1) + length($2) + 3)
  size += length(event) + 1
  if (++count > 5000 || size > 2090000) { print "full" > FULL; exit }
  print comma event
  comma = ","
}
END { print "]}" }
