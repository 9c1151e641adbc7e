// Points and curves of the plane.
//
// A `Segment` is one primitive of a drawing: a line, or the number of a `Conic` or a `Spline` in a pool, which the owner of the segments
// holds. A spline is read as `Nurbs`, or through fit points as an `Interpolation`, and stored as `Bezier` pieces. `Quadrature` integrates
// what has no formula. An `ArcPath` consists of lines and arcs only; a spline in it is approximated by one or more `Biarc`s. `Orientation`
// determines the side of a line on which a point lies. `Space` contains transformations in three dimensions, `Rigid` rotates and translates
// in the plane.
