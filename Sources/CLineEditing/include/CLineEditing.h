#ifndef CLINEEDITING_H
#define CLINEEDITING_H
#include <histedit.h>
#endif
