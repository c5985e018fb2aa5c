BEGIN { split("kind vendId eventId eventTime roleArn sessionName accessKeyId", names, " ") }
{
  print $1
  for (i = 2; i <= 7; i++) if ($i != "") printf "  %-12s %s\n", names[i], $i
  print "  " $8
}
