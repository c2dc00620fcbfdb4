#define _GNU_SOURCE
#include "CLineEditing.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static volatile sig_atomic_t interrupted, resized, continued;
static line_editing_count_rows rows_above;
// Signals wake the reader through a pipe, since the system may run a handler on any thread.
static int wake[2] = {-1, -1};

static void note_signal(int number) {
  int saved = errno;
  if (number == SIGINT) interrupted = 1;
  if (number == SIGWINCH) resized = 1;
  if (number == SIGCONT) continued = 1;
  char byte = 0;
  (void)!write(wake[1], &byte, 1);
  errno = saved;
}

/// Draws the line anew from the left edge of its first row, where libedit then believes itself to be.
static void redraw(EditLine *editor) {
  char clear[32] = "\r\033[J";
  // After Ctrl-Z the rows above are the shell's.
  int above = !continued && rows_above != NULL ? rows_above(editor, line_editing_columns(STDOUT_FILENO)) : 0;
  if (above > 0) snprintf(clear, sizeof clear, "\r\033[%dA\033[J", above);
  continued = resized = 0;
  fflush(stdout);
  (void)!write(STDOUT_FILENO, clear, strlen(clear));
  el_resize(editor);
  el_set(editor, EL_REFRESH);
}

/// Waits until standard input can be read; false after Ctrl-C.
static bool wait_for_input(EditLine *editor) {
  for (;;) {
    if (interrupted) return false;
    if (continued) {
      el_set(editor, EL_PREP_TERM, 0);
      el_set(editor, EL_PREP_TERM, 1);
    }
    if (continued || resized) redraw(editor);
    struct pollfd ready[2] = {{STDIN_FILENO, POLLIN, 0}, {wake[0], POLLIN, 0}};
    if (poll(ready, 2, -1) < 0 && errno != EINTR) return true;
    char drained[16];
    while (read(wake[0], drained, sizeof drained) > 0) {
    }
    if (ready[0].revents && !interrupted) return true;
  }
}

/// One byte of standard input: 1, 0 at its end, -1 on an error or Ctrl-C.
static int read_byte(EditLine *editor, unsigned char *byte) {
  for (;;) {
    if (!wait_for_input(editor)) {
      errno = EINTR;
      return -1;
    }
    ssize_t count = read(STDIN_FILENO, byte, 1);
    if (count >= 0) return (int)count;
    if (errno != EINTR && errno != EAGAIN) return -1;
  }
}

/// One scalar of UTF-8, independent of the locale; malformed bytes become U+FFFD rather than vanish.
static int read_scalar(EditLine *editor, wchar_t *scalar) {
  unsigned char byte;
  int count = read_byte(editor, &byte);
  if (count <= 0) return count;
  int more = byte >= 0xF0 && byte < 0xF5 ? 3 : byte >= 0xE0 ? 2 : 1;
  if (byte < 0x80) {
    *scalar = byte;
    return 1;
  }
  if (byte < 0xC2 || byte >= 0xF5) {
    *scalar = 0xFFFD;
    return 1;
  }
  unsigned value = byte & (0x3F >> more);
  for (; more > 0; more--) {
    count = read_byte(editor, &byte);
    if (count <= 0) return count;
    value = value << 6 | (byte & 0x3F);
    if ((byte & 0xC0) != 0x80) value = 0xFFFD;
  }
  bool surrogate = value >= 0xD800 && value < 0xE000;
  *scalar = surrogate || value > 0x10FFFF ? 0xFFFD : (wchar_t)value;
  return 1;
}

EditLine *line_editing_open(const char *program) {
  setlocale(LC_CTYPE, "");
  // In the C locale libedit drops every character outside ASCII without a word.
  if (!line_editing_locale_is_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
  if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) return NULL;
  EditLine *editor = el_init(program, stdin, stdout, stderr);
  if (editor == NULL) return NULL;
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_GETCFN, read_scalar);
  return editor;
}

void line_editing_set_client(EditLine *editor, void *client) { el_set(editor, EL_CLIENTDATA, client); }

void *line_editing_client(EditLine *editor) {
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  return client;
}

void line_editing_set_prompt(EditLine *editor, line_editing_prompt prompt) {
  el_set(editor, EL_PROMPT_ESC, prompt, '\1');
}

void line_editing_count_rows_with(line_editing_count_rows count) { rows_above = count; }

void line_editing_add_command(EditLine *editor, const char *name, const char *help, line_editing_command command) {
  el_set(editor, EL_ADDFN, name, help, command);
}

void line_editing_bind(EditLine *editor, const char *key, const char *command) {
  el_set(editor, EL_BIND, key, command, NULL);
}

History *line_editing_history(EditLine *editor, int size) {
  History *entries = history_init();
  if (entries == NULL) return NULL;
  HistEvent event;
  history(entries, &event, H_SETSIZE, size);
  history(entries, &event, H_SETUNIQUE, 1);
  el_set(editor, EL_HIST, history, entries);
  return entries;
}

void line_editing_remember(History *entries, const char *entry) {
  HistEvent event;
  history(entries, &event, H_ENTER, entry);
}

void line_editing_watch_signals(bool on) {
  static struct sigaction before[3];
  static const int numbers[3] = {SIGINT, SIGWINCH, SIGCONT};
  static bool watching = false;
  if (on == watching) return;
  watching = on;
  interrupted = resized = continued = 0;
  for (int place = 0; place < 3; place++) {
    if (on) {
      struct sigaction action;
      memset(&action, 0, sizeof action);
      action.sa_handler = note_signal;
      sigemptyset(&action.sa_mask);
      sigaction(numbers[place], &action, &before[place]);
    } else {
      sigaction(numbers[place], &before[place], NULL);
    }
  }
}

bool line_editing_interrupted(void) {
  bool was = interrupted;
  interrupted = 0;
  return was;
}

int line_editing_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int line_editing_rows(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool line_editing_locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
