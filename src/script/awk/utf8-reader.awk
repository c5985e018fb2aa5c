# valid(word): the word with ? for each byte that is not part of a UTF-8 character: some terminals
# take a lone 0x9b for the beginning of a command. In pieces, because appending to a long text
# takes time proportional to its length.
function valid(word,   whole, out, piece, at, len) {
  whole = ""
  len = length(word)
  for (at = 1; at <= len; at += 512 - length(piece)) {
    out = ""
    piece = substr(word, at, 512)
    while (length(piece) > (at + 512 > len ? 0 : 3)) {
      if (match(piece, /^[\001-\177]+/)) ;
      else if (match(piece, /^[\302-\337][\200-\277]/)) ;
      else if (match(piece, /^\340[\240-\277][\200-\277]/)) ;
      else if (match(piece, /^[\341-\354\356\357][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^\355[\200-\237][\200-\277]/)) ;
      else if (match(piece, /^\360[\220-\277][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^[\361-\363][\200-\277][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^\364[\200-\217][\200-\277][\200-\277]/)) ;
      else RLENGTH = 0
      out = out (RLENGTH > 0 ? substr(piece, 1, RLENGTH) : "?")
      piece = substr(piece, RLENGTH > 0 ? RLENGTH + 1 : 2)
    }
    whole = whole out
  }
  return whole
}
