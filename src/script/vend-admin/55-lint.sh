# ---------------------------------------------------------------- grant lint

# @awk grant-linter

# @awk line-parser

# grant_lint: checks a file as the service would, without it: for a repository's own pipeline, which
# needs no credentials for that.
grant_lint() {
  need awk tr
  if [ "$v_first" = - ]; then
    lint_lines
  else
    [ -f "$v_first" ] && [ -r "$v_first" ] || usage_error "can't read the file"
    lint_lines <"$v_first"
  fi
}

lint_lines() {
  tr '\000' '\001' | VEND_FILE=$v_first awk 'BEGIN { FILE = ENVIRON["VEND_FILE"] }'"$GRANT_LINTER$LINE_PARSER$UTF8_READER"
}
