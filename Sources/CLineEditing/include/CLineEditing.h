#ifndef CLINEEDITING_H
#define CLINEEDITING_H
#include <histedit.h>
#include <stdbool.h>

// libedit's el_set and history are variadic, which Swift cannot call: one function here for each operation in use.

typedef unsigned char (*line_editing_command)(EditLine *, int);
typedef char *(*line_editing_prompt)(EditLine *);
/// How many rows of a terminal with so many columns stand above the cursor and belong to the line being edited.
typedef int (*line_editing_count_rows)(EditLine *, int columns);

/// An editor on standard input and output with emacs keys that reads UTF-8 whatever the locale says; NULL if there is no
/// memory or the terminal cannot be set up.
EditLine *line_editing_open(const char *program);
void line_editing_set_client(EditLine *editor, void *client);
void *line_editing_client(EditLine *editor);
/// The prompt; parts between bytes 1 (colour escapes) count as having no width.
void line_editing_set_prompt(EditLine *editor, line_editing_prompt prompt);
/// What is asked when the window was resized: the line is drawn anew from its first row on.
void line_editing_count_rows_with(line_editing_count_rows count);
void line_editing_add_command(EditLine *editor, const char *name, const char *help, line_editing_command command);
void line_editing_bind(EditLine *editor, const char *key, const char *command);

/// The history of an editor: at most `size` entries, no entry twice in a row.
History *line_editing_history(EditLine *editor, int size);
void line_editing_remember(History *history, const char *entry);

/// While on, Ctrl-C ends el_gets (see `line_editing_interrupted`), a resized window and a return from Ctrl-Z redraw the
/// line. Off puts back the signal actions that were there before.
void line_editing_watch_signals(bool on);
/// Whether the last el_gets ended because of Ctrl-C; asking clears it.
bool line_editing_interrupted(void);

/// Columns of the terminal on a file descriptor; 0 if it is none or does not say.
int line_editing_columns(int descriptor);
/// Its rows, likewise.
int line_editing_rows(int descriptor);
/// Whether the locale's text is UTF-8.
bool line_editing_locale_is_utf8(void);
#endif
