# Prints the results of the lines that were sent, each after its number; with LEFT, the lines that
# are still to be sent. With AGAIN, those that failed are among the latter.
BEGIN { FS = "\t" }
FILENAME == RESULTS { result[++results] = $0; failed[results] = AGAIN && $1 == "failed"; next }
{ ended = FNR <= results && !failed[FNR] }
LEFT && !ended
!LEFT && ended { print $1 "\t" result[FNR] }
