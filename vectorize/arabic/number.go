package arabic

// number reports whether groups of digits, each but the first after a
// separator, read as one number, and whether the last one holds its decimals.
// The others are thousands. A comma before one or two digits is decimal, before
// three it groups thousands; a single point is decimal unless it stands before
// 000.
func number(groups []piece, buf []byte) (ok, decimals bool) {
	n := len(groups)
	if n == 1 {
		return true, false
	}
	first, last := groups[0], groups[n-1]
	grouped := first.to-first.from <= 3 && buf[first.from] != '0'
	if n == 2 {
		switch digits := last.to - last.from; comma(last.gap) {
		case '.':
			return true, !grouped || string(buf[last.from:last.to]) != "000"
		case '٫':
			return true, true
		case '٬':
			return grouped && digits == 3, false
		default:
			if grouped && digits == 3 {
				return true, false
			}
			ok = digits <= 2 || buf[first.from] == '0'
			return ok, ok
		}
	}
	between := comma(groups[1].gap)
	for _, g := range groups[1 : n-1] {
		grouped = grouped && g.to-g.from == 3 && comma(g.gap) == between
	}
	if comma(last.gap) == between {
		return grouped && last.to-last.from == 3 && between != '٫', false
	}
	ok = grouped && between != '٫' && last.gap != '٬'
	return ok, ok
}

// comma returns the separator with the Arabic comma as the Latin one.
func comma(r rune) rune {
	if r == '،' {
		return ','
	}
	return r
}
