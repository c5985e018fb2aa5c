# Prints the keys and values of a section, one KEY=VALUE a line. Python reads an indented line as a
# key or as part of the value above, depending on that value. An indented key that leads to another
# identity always counts as a key.
{ sub(/\r$/, "") }
inside && /^[ \t]+[A-Za-z_0-9]+[ \t]*[=:]/ && tolower($1) ~ /^(role_arn|source_profile|credential_source|credential_process|web_identity_token_file|login_session|sso_[a-z_]*)([=:]|$)/ { sub(/^[ \t]+/, "") }
/^\[/ { inside = (title($0) == SECTION || SECTION == "profile default" && title($0) == "default"); next }
inside && /^[A-Za-z_0-9]+[ \t]*[=:]/ {
  key = $0
  sub(/[ \t]*[=:].*$/, "", key)
  sub(/^[^=:]*[=:][ \t]*/, "")
  sub(/[ \t]*$/, "")
  print tolower(key) "=" $0
}
