# Prints a line for each row of a list that cannot be read: those whose keys are invalid, and the
# grants of /access/list with a fault.
sub(/^\/corrupt\/[0-9]+=s:/, "corrupt  ")
/^\/grants\/[0-9]+\/caller=s:/ { caller = after($0) }
/^\/grants\/[0-9]+\/roleArn=s:/ { role = after($0) }
/^\/grants\/[0-9]+\/fault=s:/ { print "corrupt  caller#" caller " role#" role ": " after($0) }
function after(line) { sub(/^[^=]*=s:/, "", line); return line }
