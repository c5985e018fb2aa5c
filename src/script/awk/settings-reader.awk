# Reads the user's settings, KEY = VALUE a line, and prints KEY=VALUE for each; then ok, or what is
# wrong with which line. Control characters have become \001.
function fault(why) {
  if (failed) return
  failed = 1
  print "fault=line " NR ": " why
  exit
}
{
  size += length($0) + 1
  if (size > 65536) fault("the file has more than 65536 bytes")
  if (/\001/) fault("control characters (are the line ends those of Windows?)")
  sub(/^[ \t]+/, "")
  sub(/[ \t]+$/, "")
}
$0 == "" || /^#/ { next }
{
  at = index($0, "=")
  if (!at) fault("the form is KEY = VALUE")
  key = substr($0, 1, at - 1)
  value = substr($0, at + 1)
  sub(/[ \t]+$/, "", key)
  sub(/^[ \t]+/, "", value)
  if (key in seen) fault("the setting is there twice")
  seen[key] = 1
  if (key == "url") {
    if (value !~ /^https?:\/\/[]A-Za-z0-9._~:\/[-]+$/) fault("url has the form https://HOST[/STAGE]")
  } else if (key == "region") {
    if (value !~ /^[a-z][a-z0-9-]+$/) fault("region has the form eu-west-1")
  } else if (key ~ /^alias\.[^ \t]/ && key !~ /^alias\.(arn:|-)/) {
    if (length(key) > 134) fault("an alias has at most 128 characters")
    if (value !~ /^arn:aws[a-z-]*:iam::[0-9]+:role\/[A-Za-z0-9+=,.@_\/-]+$/) fault("an alias has the form alias.NAME = arn:aws:iam::ACCOUNT:role/NAME")
  } else fault("unknown setting; there are url, region and alias.NAME")
  print key "=" value
}
END { if (!failed) print "ok" }
