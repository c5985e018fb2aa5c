# ---------------------------------------------------------------- what is asked for

# add_policy FILE: checked and without blanks, for STS counts those too.
add_policy() {
  case $1 in
  -) v_flat=$NL$(read_json -v compact=1)$NL ;;
  *)
    [ ! -d "$1" ] && [ -r "$1" ] || usage_error "can't read the policy file"
    v_flat=$NL$(read_json -v compact=1 <"$1")$NL
    ;;
  esac
  named_values
  field json || :
  [ "$v_value" = ok ] || usage_error "the policy is not JSON: $v_value"
  field '' && [ "$v_kind" = o ] || usage_error 'the policy is not a JSON object'
  v_policy=$(quoted "$(compact_json)")
  v_policy_file=$1
  case $1 in /* | -) ;; *) v_policy_file=$(pwd)/$1 ;; esac
}

add_policy_arn() {
  case $1 in
  *[!A-Za-z0-9+=,.@_/:-]*) usage_error 'that policy ARN has characters that no ARN has' ;;
  arn:*:iam::*:policy/?*) ;;
  *) usage_error 'a policy ARN has the form arn:aws:iam::ACCOUNT:policy/NAME' ;;
  esac
  v_policy_arns=$v_policy_arns$1$NL
  v_policy_arns_json="$v_policy_arns_json${v_policy_arns_json:+,}\"$1\""
}

# add_context KEY=VALUE: claimed context; the service writes it down and believes nothing.
add_context() {
  case $1 in
  [A-Za-z]*=*) ;;
  *) usage_error 'context has the form KEY=VALUE, and the key starts with a letter' ;;
  esac
  case ${1%%=*} in
  *[!A-Za-z0-9_.-]*) usage_error 'a context key has letters, digits, _ . - only' ;;
  esac
  need wc
  [ "$(printf '%s' "${1%%=*}" | wc -c)" -le 64 ] || usage_error 'a context key has 64 characters at most'
  only_text "$1" || usage_error 'a context value has no control characters'
  case $NL$v_context in
  *"$NL${1%%=*}$TAB"*) usage_error "context ${1%%=*} is given twice" ;;
  esac
  v_context="$v_context${1%%=*}$TAB${1#*=}$NL"
  v_context_n=$((v_context_n + 1))
  [ "$v_context_n" -le 20 ] || usage_error 'context has 20 keys at most'
}

# Makes the members of the context object: what was given (lines KEY<TAB>VALUE) and,
# with -v auto=1, what the build service says of this build. Read from ENVIRON, so that
# no value passes through the shell. A repository URL often holds a token as its user or
# in its query: neither leaves this machine.
# shellcheck disable=SC2016
CONTEXT_WRITER='
BEGIN { for (i = 128; i < 256; i++) byte[sprintf("%c", i)] = i }
{ key = $0; sub(/\t.*$/, "", key); put(key, substr($0, length(key) + 2)) }
END { if (auto) build(); print members }

function put(key, word) {
  if (word == "" && NR == 0 || key in have || count >= 20) return
  have[key] = 1
  count++
  gsub(/[\001-\037\177]/, " ", word)
  word = cut(word)
  gsub(/[\\"]/, "\\\\&", word)
  members = members (members == "" ? "" : ",") "\"" key "\":\"" word "\""
}

# At most 256 UTF-16 units, and no half of a character.
function cut(word,   i, units, b) {
  units = 0
  for (i = 1; i <= length(word); i++) {
    b = byte[substr(word, i, 1)]
    if (b >= 128 && b < 192) continue
    units += b >= 240 ? 2 : 1
    if (units > 256) return substr(word, 1, i - 1)
  }
  return word
}

function env(name) { return (name in ENVIRON) ? ENVIRON[name] : "" }

# What is no text would have the whole request refused.
function claim(key, word) { if (word != "" && valid(word) == word) put(key, word) }

function link(key, word,   scheme, host) {
  scheme = ""
  if (match(word, /^[A-Za-z][A-Za-z0-9+.-]*:\/\//)) {
    scheme = substr(word, 1, RLENGTH)
    word = substr(word, RLENGTH + 1)
  }
  host = word
  sub(/\/.*$/, "", host)
  word = substr(word, length(host) + 1)
  sub(/^.*@/, "", host)
  word = host word
  sub(/[?#].*$/, "", word)
  claim(key, scheme word)
}

function build() {
  if (env("CODEBUILD_BUILD_ID") != "") {
    claim("pipeline", "codebuild")
    claim("build", env("CODEBUILD_BUILD_ID"))
    claim("commit", env("CODEBUILD_RESOLVED_SOURCE_VERSION"))
    link("repository", env("CODEBUILD_SOURCE_REPO_URL"))
    link("buildUrl", env("CODEBUILD_PUBLIC_BUILD_URL"))
    if (env("CODEBUILD_INITIATOR") ~ /^codepipeline\//) claim("codepipeline", substr(env("CODEBUILD_INITIATOR"), 14))
    claim("codepipelineExecution", env("CODEPIPELINE_EXECUTION_ID"))
  }
  else if (env("GITHUB_ACTIONS") == "true") {
    claim("pipeline", "github-actions")
    claim("build", env("GITHUB_RUN_ID") (env("GITHUB_RUN_ATTEMPT") == "" ? "" : "/" env("GITHUB_RUN_ATTEMPT")))
    claim("commit", env("GITHUB_SHA"))
    if (env("GITHUB_REPOSITORY") != "") {
      link("repository", env("GITHUB_SERVER_URL") "/" env("GITHUB_REPOSITORY"))
      link("buildUrl", env("GITHUB_SERVER_URL") "/" env("GITHUB_REPOSITORY") "/actions/runs/" env("GITHUB_RUN_ID"))
    }
  }
  else if (env("GITLAB_CI") == "true") {
    claim("pipeline", "gitlab-ci")
    claim("build", env("CI_PIPELINE_ID") "/" env("CI_JOB_ID"))
    claim("commit", env("CI_COMMIT_SHA"))
    link("repository", env("CI_PROJECT_URL"))
    link("buildUrl", env("CI_JOB_URL"))
  }
  else if (env("BUILDKITE") == "true") {
    claim("pipeline", "buildkite")
    claim("build", env("BUILDKITE_BUILD_ID"))
    claim("commit", env("BUILDKITE_COMMIT"))
    link("repository", env("BUILDKITE_REPO"))
    link("buildUrl", env("BUILDKITE_BUILD_URL"))
  }
  else if (env("JENKINS_URL") != "") {
    claim("pipeline", "jenkins")
    claim("build", env("BUILD_TAG"))
    claim("commit", env("GIT_COMMIT"))
    link("repository", env("GIT_URL"))
    link("buildUrl", env("BUILD_URL"))
  }
}
'

# make_body: the request of POST /credentials in $v_body. What stands in it unquoted was
# checked or written by awk above.
make_body() {
  v_body="{\"roleArn\":\"$v_role\""
  [ -z "$v_duration" ] || v_body="$v_body,\"durationSeconds\":$v_duration"
  [ -z "$v_policy" ] || v_body="$v_body,\"policy\":$v_policy"
  [ -z "$v_policy_arns" ] || v_body="$v_body,\"policyArns\":[$v_policy_arns_json]"
  v_members=
  case $v_context${CODEBUILD_BUILD_ID-}${GITHUB_ACTIONS-}${GITLAB_CI-}${BUILDKITE-}${JENKINS_URL-} in
  ?*) v_members=$(printf '%s' "$v_context" | awk -v auto="$v_auto_context" "$CONTEXT_WRITER$UTF8_READER") ;;
  esac
  [ -z "$v_members" ] || v_body="$v_body,\"context\":{$v_members}"
  v_body="$v_body}"
}

# parse_duration TEXT: seconds, or with s, m, h behind; the service knows the real limits.
parse_duration() {
  case $1 in
  *s) v_duration=${1%s} v_duration_unit=1 ;;
  *m) v_duration=${1%m} v_duration_unit=60 ;;
  *h) v_duration=${1%h} v_duration_unit=3600 ;;
  *) v_duration=$1 v_duration_unit=1 ;;
  esac
  is_number "$v_duration" && [ "${#v_duration}" -le 5 ] ||
    usage_error 'a duration is a number of seconds, or a number with m or h: 3600, 60m, 1h'
  v_duration=$((v_duration * v_duration_unit))
  [ "$v_duration" -ge 900 ] && [ "$v_duration" -le 43200 ] || usage_error 'a duration is from 15m to 12h (a grant allows 1h at most)'
}
