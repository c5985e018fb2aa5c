# The roles of the client with exactly that name, among the caller's grants, one a line.
BEGIN { wanted = ENVIRON["VEND_NAME"] }
match($0, /^\/grants\/[0-9]+\//) {
  n = substr($0, 9, RLENGTH - 9)
  rest = substr($0, RLENGTH + 1)
  if (rest ~ /^roleArn=s:/) role[n] = substr(rest, 11)
  if (rest ~ /^clientName=s:/) name[n] = substr(rest, 14)
}
END {
  for (n = 0; n in role; n++)
    if (n in name && name[n] == wanted) print role[n]
}
