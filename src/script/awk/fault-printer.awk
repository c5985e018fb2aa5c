BEGIN { FS = "\t"; read_advice() }
{ print "! " $2 " -> " $3 "\n    " refusal() }
