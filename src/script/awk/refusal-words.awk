# refusal(): why a line was refused; as a command if the file ADVICE has one for the code.
function read_advice(   row, word) {
  while ((getline row < ADVICE) > 0) { split(row, word, "\t"); advice[word[1]] = word[2] }
}
function refusal(   text) {
  text = ($5 in advice) ? advice[$5] : $6
  # Files name members, vend grant put has options.
  if (ACTION == "put") { gsub(/expiresAt/, "--expires", text); gsub(/notBefore/, "--not-before", text) }
  gsub(/ROLE_ARN/, $3, text)
  gsub(/ACCOUNT/, substr($3, index($3, "::") + 2, 12), text)
  return $5 ": " text
}
