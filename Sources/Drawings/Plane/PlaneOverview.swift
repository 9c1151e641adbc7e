// Points, and the curves between them.
//
// A `Segment` is one piece of what is drawn: a line by itself, or the number of a `Conic` or a `Spline` in a pool that whoever holds the
// segments keeps. A spline comes as `Nurbs`, or through fit points as an `Interpolation`, and is kept as `Bezier` pieces. `Quadrature`
// measures what has no formula. `Space` places what is drawn in three dimensions, `Rigid` turns and moves in the plane.
