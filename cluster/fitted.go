package cluster

// Fitted is the decision of a run with default options.
var Fitted = Decision{
	Bias:   -5.22,
	Weight: [NumFeatures]float64{-.48, .50, -.23, .35, .30, .06, -.70, -.55, .27, .50, .15, -.15, 1.07, .55, .25, -.56},
	Mean:   [NumFeatures]float64{.0786, .1547, .1421, .1090, .6177, .0550, 11.94, .2821, .6985, .1383, .0282, .0204, .1370, .0271, .2858, 1.889},
	Scale:  [NumFeatures]float64{.1375, .1410, .1363, .1041, .8000, .2087, 9.881, .4500, .5653, .1465, .1655, .1414, .2293, .1302, .6525, .6087},
}
