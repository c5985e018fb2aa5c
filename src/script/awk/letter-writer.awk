# Writes the letter to a client: reads an answer about the client, a line "page", and the page, and
# fills in the page's words in capitals. What is filled in is not read again, so a name that looks
# like such a word stays as it is. ROLE names the role, or is empty for the first one. Prints nothing
# and fails if a value is missing, or is not what may stand in a command.
!page {
  if ($0 == "page") { page = 1; fill(); next }
  at = index($0, "=")
  if (substr($0, at + 1, 2) == "s:") answer[substr($0, 1, at - 1)] = substr($0, at + 3)
  next
}
/^<!--.*-->$/ { next }
/^$/ { flush(); if (!gone) print; gone = 0; next }
{ paragraph = paragraph $0 "\n" }
END { if (fault || !page) exit 1; flush() }

function fill(   n, role, vendor) {
  for (n = 0; ("/onboarding/roles/" n "/roleArn") in answer; n++)
    if (ROLE == "" || answer["/onboarding/roles/" n "/roleArn"] == ROLE) break
  role = "/onboarding/roles/" n
  vendor = answer["/onboarding/templateParameters/VendorRoleArn"]
  put("CLIENT_ACCOUNT", answer["/client/account"], "^[0-9]+$")
  put("ROLE_ARN", answer[role "/roleArn"], "^arn:[A-Za-z0-9+=,.@_/:-]+$")
  put("ROLE_NAME", answer[role "/roleName"], "^[A-Za-z0-9+=,.@_-]+$")
  put("ROLE_PATH", answer[role "/rolePath"], "^/[A-Za-z0-9+=,.@_/-]*$")
  put("STACK_NAME", answer[role "/stackName"], "^[A-Za-z][A-Za-z0-9-]*$")
  put("VENDOR_REGION", answer["/onboarding/region"], "^[a-z0-9-]+$")
  put("VENDOR_ROLE_ARN", vendor, "^arn:[a-z-]+:iam::[0-9]+:role/[A-Za-z0-9+=,.@_/-]+$")
  sub(/^[^:]*:[^:]*:[^:]*:[^:]*:/, "", vendor)
  sub(/:.*/, "", vendor)
  put("VENDOR_ACCOUNT", vendor, "^[0-9]+$")
  put("EXTERNAL_ID", answer["/onboarding/templateParameters/ExternalId"], "^[A-Za-z0-9+=,.@_/:-]+$")
  value["QUICK_CREATE_LINK"] = ""
  if ((role "/quickCreateUrl") in answer)
    put("QUICK_CREATE_LINK", answer[role "/quickCreateUrl"], "^https://[A-Za-z0-9._/?=&%#+-]+$")
  put("CLIENT_NAME", code(answer["/client/name"]), ".")
  if (fault) exit 1
}

function put(name, text, form) {
  if (text !~ form) fault = 1
  value[name] = text
}

# code(text): as a code span of Markdown, in which nothing is markup. Its fence is longer than each
# row of backticks in the text.
function code(text,   fence, rest, row) {
  fence = "`"
  rest = text
  while (match(rest, /`+/)) {
    row = substr(rest, RSTART, RLENGTH)
    if (length(row) >= length(fence)) fence = row "`"
    rest = substr(rest, RSTART + RLENGTH)
  }
  return fence (text ~ /^`|`$/ ? " " text " " : text) fence
}

# A paragraph about the link is left out if there is none.
function flush(   out, word) {
  if (paragraph ~ /QUICK_CREATE_LINK/ && value["QUICK_CREATE_LINK"] == "") { paragraph = ""; gone = 1 }
  out = ""
  while (match(paragraph, /[A-Z][A-Z_]*[A-Z]/)) {
    word = substr(paragraph, RSTART, RLENGTH)
    out = out substr(paragraph, 1, RSTART - 1) (word in value ? value[word] : word)
    paragraph = substr(paragraph, RSTART + RLENGTH)
  }
  printf "%s%s", out, paragraph
  paragraph = ""
}
