#include "font.h"

#include <stdlib.h>
#include <unistd.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include <cairo/cairo-ft.h>
#include <fontconfig/fontconfig.h>

static const unsigned char regular[] = {
#embed "DejaVuSans.ttf"
};
static const unsigned char heavy[] = {
#embed "DejaVuSans-Bold.ttf"
};

static void close_library(void *library) { FT_Done_FreeType(library); }

// cairo caches font faces: the library, which owns the FT_Face, is released only when cairo destroys its face.
cairo_font_face_t *laseros_font(int bold) {
    static const cairo_user_data_key_t owner;
    FT_Library library = NULL;
    FT_Face face = NULL;
    if (FT_Init_FreeType(&library)) return NULL;
    if (FT_New_Memory_Face(library, bold ? heavy : regular, bold ? sizeof heavy : sizeof regular, 0, &face)) {
        FT_Done_FreeType(library);
        return NULL;
    }
    cairo_font_face_t *made = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data(made, &owner, library, close_library)) {
        cairo_font_face_destroy(made);
        FT_Done_FreeType(library);
        return NULL;
    }
    return made;
}

// fontconfig writes to stderr if it finds no configuration, as on a minimal system.
static int configured(void) { return getenv("FONTCONFIG_FILE") || getenv("FONTCONFIG_PATH") || !access("/etc/fonts/fonts.conf", R_OK); }

cairo_font_face_t *laseros_font_having(unsigned character, int bold) {
    if (!configured()) return NULL;
    FcPattern *wanted = FcPatternCreate();
    FcCharSet *set = FcCharSetCreate();
    FcCharSetAddChar(set, character);
    FcPatternAddCharSet(wanted, FC_CHARSET, set);
    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
    FcPatternAddInteger(wanted, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(wanted, FC_OUTLINE, FcTrue);
    FcPatternAddBool(wanted, FC_COLOR, FcFalse);
    FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result;
    FcPattern *found = FcFontMatch(NULL, wanted, &result);
    FcCharSet *has = NULL;
    FcBool outline = FcFalse;
    cairo_font_face_t *made = NULL;
    // The nearest match may lack the character, or be a bitmap font, which a PDF page cannot contain.
    if (found && FcPatternGetCharSet(found, FC_CHARSET, 0, &has) == FcResultMatch && FcCharSetHasChar(has, character)
        && FcPatternGetBool(found, FC_OUTLINE, 0, &outline) == FcResultMatch && outline)
        made = cairo_ft_font_face_create_for_pattern(found);
    if (found) FcPatternDestroy(found);
    FcCharSetDestroy(set);
    FcPatternDestroy(wanted);
    return made;
}
