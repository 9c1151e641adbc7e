// The low-level SHA256_* calls start no provider, which costs 2 ms; the header calls them deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED 1
#include <openssl/sha.h>
