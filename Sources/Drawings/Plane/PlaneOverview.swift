// Points, and the curves between them.
//
// A `Segment` is one piece of what is drawn: a line by itself, or the number of a `Conic` or a `Spline` in a pool that whoever holds the
// segments keeps. A spline comes as `Nurbs`, or through fit points as an `Interpolation`, and is kept as `Bezier` pieces. `Quadrature`
// measures what has no formula. An `ArcPath` is lines and arcs alone, with splines as a `Biarc` each or more; `Orientation` tells on which
// side of a line a point is. `Space` places what is drawn in three dimensions, `Rigid` turns and moves in the plane.
