#include <cairo/cairo.h>

/// Returns the embedded face, DejaVu Sans. The caller owns it; its status reports errors.
cairo_font_face_t *laseros_font(int bold);

/// Returns a face of this machine with the character; NULL if there is none, or no fontconfig.
cairo_font_face_t *laseros_font_having(unsigned character, int bold);
