{
  name = $1
  value = substr($0, length(name) + 2)
  gsub(/[\\"]/, "\\\\&", value)
  print name " = \"" value "\""
}
