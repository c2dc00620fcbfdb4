#pragma once

#include <sqlite3.h>

/// Says that SQLite copies what is bound: the macro is a cast that does not reach Swift.
static inline sqlite3_destructor_type mlp_sqlite_copies(void) { return SQLITE_TRANSIENT; }
