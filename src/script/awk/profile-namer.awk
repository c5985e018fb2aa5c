# Names a profile for each of the caller's roles and prints NAME, a tab and the role. The lines of
# the settings come first. An alias of the user's keeps its name, whatever clients are called. Without
# NAMES, for a pipeline, the vendor's names of clients select nothing. A name that two roles would
# have, and the name default, which every program without a profile uses, get the account and the
# role's name.
function slug(text) {
  text = tolower(text)
  gsub(/[^a-z0-9]+/, "-", text)
  gsub(/^-|-$/, "", text)
  return text
}
/^alias\./ {
  at = index($0, "=")
  if (!(substr($0, at + 1) in alias)) alias[substr($0, at + 1)] = substr($0, 7, at - 7)
  next
}
match($0, /^\/grants\/[0-9]+\//) {
  n = substr($0, 9, RLENGTH - 9)
  rest = substr($0, RLENGTH + 1)
  if (rest ~ /^roleArn=s:/) role[n] = substr(rest, 11)
  if (rest ~ /^clientName=s:/) client[n] = substr(rest, 14)
}
END {
  for (n = 0; n in role; n++) {
    split(role[n], part, ":")
    account[n] = part[5]
    own[n] = role[n] in alias
    name[n] = slug(own[n] ? alias[role[n]] : NAMES ? client[n] : "")
    if (name[n] == "") { name[n] = account[n]; own[n] = 0 }
    if (own[n]) owned[name[n]]++
    count[name[n]]++
  }
  for (n = 0; n in role; n++) {
    plain = own[n] ? owned[name[n]] == 1 : count[name[n]] == 1 && (NAMES || name[n] != account[n])
    if (!plain || name[n] == "default") {
      last = role[n]
      sub(/^.*\//, "", last)
      name[n] = (name[n] == account[n] ? "" : name[n] "-") account[n] "-" slug(last)
    }
    print name[n] "\t" role[n]
  }
}
