//go:build !unix

package rowsfile

// CPU returns 0: processor time is not known here.
func CPU() float64 { return 0 }
