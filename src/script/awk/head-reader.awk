# Reads the last header: those of interim answers come before it.
/^HTTP\// { retry = type = cursor = "" }
{ sub(/\r$/, ""); name = tolower($0) }
name ~ /^retry-after:[ \t]*[0-9]+[ \t]*$/ { retry = name; gsub(/[^0-9]/, "", retry) }
name ~ /^content-type:/ { type = name; sub(/^[^:]*:[ \t]*/, "", type); sub(/[ \t;].*$/, "", type) }
name ~ /^vend-cursor:/ { cursor = $0; sub(/^[^:]*:[ \t]*/, "", cursor); sub(/[ \t]*$/, "", cursor) }
END {
  gsub(/[^a-z0-9\/+.-]/, "?", type)
  gsub(/[^A-Za-z0-9_.-]/, "?", cursor)
  print "retry=" substr(retry, 1, 9)
  print "type=" substr(type, 1, 100)
  print "cursor=" substr(cursor, 1, 4096)
}
