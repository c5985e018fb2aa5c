# Writes the members of the context object: the given ones (lines KEY<TAB>VALUE) and, with -v
# auto=1, what the build service says about this build. Reads ENVIRON, so that no value passes
# through the shell. A repository URL often has a token as its user or in its query; both are
# removed.
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

# The service rejects a value of more than 256 characters, and a long URL must not stop a build.
function cut(word,   i, count) {
  count = 0
  for (i = 1; i <= length(word); i++)
    if (substr(word, i, 1) !~ /[\200-\277]/ && ++count > 256) return substr(word, 1, i - 1)
  return word
}

function env(name) { return (name in ENVIRON) ? ENVIRON[name] : "" }

# The service would reject the whole request for a value that is not UTF-8.
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
