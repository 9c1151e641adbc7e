#include <cairo/cairo.h>

/// The face the program carries, DejaVu Sans; the caller owns it, and its status tells what went wrong.
cairo_font_face_t *laseros_font(int bold);

/// A face of this machine that has the character; NULL where there is none, or no fontconfig.
cairo_font_face_t *laseros_font_having(unsigned character, int bold);
