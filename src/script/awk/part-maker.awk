# Splits the period into parts, each for one request: 1,500 events and 1.2 MB at most if no second
# has more, and a day. Prints the milliseconds at which each begins and ends, and writes the events
# that can belong to part N to FOLDER/part.N, behind the milliseconds in which their vend can have
# begun. Reads the events twice: first to find the parts. Events without a time go to the first.
BEGIN { FS = "\t"; start = since; p = 1 }
{ at = $1 - 1000000000000 }
FNR == 1 && ++pass == 2 { cut(until) }
pass == 1 {
  at *= 1000
  if (at < since || at >= until) next
  while (at >= start + 86400000) cut(start + 86400000)
  if (at > last && (count >= 1500 || size > 1200000)) cut(at)
  count++
  size += length($0)
  last = at
  next
}
at == 0 { write(1); next }
{
  while (p > 1 && from[p] > $2 + 0) p--
  while (p < parts && from[p + 1] <= $2 + 0) p++
  if ($3 + 0 < since || $2 + 0 >= until) next
  for (k = p; k <= parts && from[k] <= $3 + 0; k++) write(k)
}
END {
  if (pass < 2) cut(until)
  for (k = 1; k <= parts; k++) printf "%.0f %.0f\n", from[k], k < parts ? from[k + 1] : until
}

function cut(end) {
  while (end > start + 86400000) cut(start + 86400000)
  if (end > start) from[++parts] = start
  start = end
  count = size = 0
}

# Events are in order of time, so that few files are open.
function write(k) {
  print $2 "\t" $3 "\t" substr($0, length($1) + length($2) + length($3) + length($4) + 5) >> (FOLDER "/part." k)
  for (; highest < k; highest++) close(FOLDER "/part." (highest - 3))
}
