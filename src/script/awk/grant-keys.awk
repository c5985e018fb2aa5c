/^\/grants\/[0-9]+\/(caller|roleArn|version)=/ {
  split($0, part, "/")
  sub(/=.*/, "", part[4])
  sub(/^[^=]*=.:/, "")
  value[part[4]] = $0
  if (part[4] == "version") print value["caller"] "\t" value["roleArn"] "\t" $0
}
