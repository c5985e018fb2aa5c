# Makes one document of all pages: the last page, which has no cursor, with the grants of all.
$2 != "" { grants = grants comma $2; comma = "," }
{ head = $1; tail = $3 }
END { print head grants tail }
