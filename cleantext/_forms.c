/* Walks the forms of the lexicon along a text: the quick twin of _Walk in lexicon/matcher.py, which says
 * what a form is and what its parts match. Slots are expressions of `regex`, asked for at first use.
 *
 * The choices of a form are tried one after the other, each with all that follows it, so that the first end
 * found is that of the longest choices. What an attempt may cost is bounded by its steps.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

/* As in lexicon/matcher.py: what a character is. */
#define LOOSE 1u    /* no blank is needed beside it */
#define UNSPACED 2u /* of a script that sets no blanks between words */
#define MARK 4u     /* letter, mark or digit */
#define BLANK 8u
#define STOP 16u    /* a sentence may end with it */
#define CLOSE 32u   /* and with this behind it */
#define SIGN 64u    /* a bullet, a bar, an opening bracket: a label may begin behind it */

#define STEPS 600

enum { GAP, WORD, SLOT, CHOICE };

typedef struct Sequence Sequence;

typedef struct {
    int kind;
    int optional;
    PyObject *object;    /* the word, or the name of the slot */
    PyObject *pattern;   /* of the slot; NULL until it was asked for */
    Py_ssize_t figure;   /* a slot matches only with a figure in so many characters; 0: it needs none */
    Sequence *options;
    Py_ssize_t count;
} Node;

struct Sequence {
    Node *nodes;
    Py_ssize_t size;
};

typedef struct {
    PyObject_HEAD
    Sequence items;
    PyObject *firsts;     /* tuple of str: one of them begins every match, if there are any */
    PyObject *expression; /* name of a slot -> its pattern */
    PyObject *pages;      /* bytes: the classes of 256 characters each */
    PyObject *index;      /* bytes: the page of each 256 characters, as uint16 */
} Form;

/* What follows once a sequence has matched: the rest of the one around it. */
typedef struct Next {
    const Sequence *items;
    Py_ssize_t at;
    const struct Next *next;
} Next;

typedef struct {
    Form *form;
    PyObject *text, *folded;
    int kind;
    const void *data;
    const uint8_t *pages;
    const uint16_t *index;
    Py_ssize_t size, begin, stop;
    int left;
    int bordered; /* whether the end has to be one of a word */
} Walk;

#define NONE (-1)
#define FAILED (-2)

static inline Py_UCS4
at(const Walk *w, Py_ssize_t i)
{
    return PyUnicode_READ(w->kind, w->data, i);
}

static inline unsigned
class_of(const Walk *w, Py_ssize_t i)
{
    Py_UCS4 c = at(w, i);
    return w->pages[((size_t)w->index[c >> 8] << 8) + (c & 255)];
}

static int
begins(const Walk *w, Py_ssize_t i)
{
    unsigned before;
    if (i == 0)
        return 1;
    before = class_of(w, i - 1);
    if (!(before & MARK))
        return 1;
    if (i < w->size && Py_UNICODE_ISUPPER(at(w, i)) && !Py_UNICODE_ISUPPER(at(w, i - 1)))
        return 1;
    return (before & UNSPACED) || (i < w->size && !(class_of(w, i) & MARK));
}

static int
finishes(const Walk *w, Py_ssize_t i)
{
    unsigned here;
    if (i >= w->size)
        return 1;
    here = class_of(w, i);
    if (!(here & MARK))
        return 1;
    if (i && Py_UNICODE_ISUPPER(at(w, i)) && !Py_UNICODE_ISUPPER(at(w, i - 1)))
        return 1;
    return (here & UNSPACED) || (i && !(class_of(w, i - 1) & MARK));
}

/* Whether a slot may end at i, inside of what it could match. */
static int
border(const Walk *w, Py_ssize_t i)
{
    Py_UCS4 here = at(w, i), before = at(w, i - 1);
    if (Py_UNICODE_ISSPACE(here))
        return !Py_UNICODE_ISSPACE(before);
    if (!Py_UNICODE_ISALNUM(here) || !Py_UNICODE_ISALNUM(before))
        return 1;
    return (Py_UNICODE_ISUPPER(here) && !Py_UNICODE_ISUPPER(before)) || (class_of(w, i) & UNSPACED)
           || (class_of(w, i - 1) & UNSPACED);
}

/* The place after the blanks at i; NONE where some are needed and none stand. */
static Py_ssize_t
over(const Walk *w, Py_ssize_t i)
{
    Py_ssize_t end = i;
    while (end < w->stop && Py_UNICODE_ISSPACE(at(w, end)))
        end++;
    if (end > i || i >= w->stop || (class_of(w, i) & LOOSE) || (i && (class_of(w, i - 1) & LOOSE)))
        return end;
    return NONE;
}

static Py_ssize_t ends(Walk *w, const Sequence *items, Py_ssize_t i, Py_ssize_t from, int gap, const Next *next);

/* Asks the pattern of a slot for a match in [from, to); where it ends, NONE or FAILED. */
static Py_ssize_t
ask(Walk *w, Node *slot, const char *method, Py_ssize_t from, Py_ssize_t to)
{
    PyObject *match, *end;
    Py_ssize_t found;
    if (slot->pattern == NULL) {
        PyObject *pattern = PyObject_CallOneArg(w->form->expression, slot->object);
        if (pattern == NULL)
            return FAILED;
        Py_XSETREF(slot->pattern, pattern); /* another thread may have been here meanwhile */
    }
    match = PyObject_CallMethod(slot->pattern, method, "Onn", w->text, from, to);
    if (match == NULL)
        return FAILED;
    if (match == Py_None) {
        Py_DECREF(match);
        return NONE;
    }
    end = PyObject_CallMethod(match, "end", NULL);
    Py_DECREF(match);
    if (end == NULL)
        return FAILED;
    found = PyLong_AsSsize_t(end);
    Py_DECREF(end);
    return found < 0 ? FAILED : found;
}

static int
has_figure(const Walk *w, Py_ssize_t from, Py_ssize_t size)
{
    Py_ssize_t i, to = w->stop - from < size ? w->stop : from + size;
    for (i = from; i < to; i++) {
        Py_UCS4 c = at(w, i);
        if (c >= '0' && c <= '9')
            return 1;
    }
    return 0;
}

/* The same for a slot that begins at `from`, the longest match first, with all that follows. */
static Py_ssize_t
slot_ends(Walk *w, const Sequence *items, Py_ssize_t i, Py_ssize_t from, const Next *next)
{
    Node *slot = &items->nodes[i];
    Py_ssize_t found, end;
    if (slot->figure && !has_figure(w, from, slot->figure))
        return NONE;
    end = ask(w, slot, "match", from, w->stop);
    if (end == FAILED || end == NONE || end <= from)
        return end == FAILED ? FAILED : NONE;
    found = ends(w, items, i + 1, end, 0, next);
    if (found != NONE)
        return found;
    for (end--; end > from && w->left > 0; end--)
        if (border(w, end)) {
            Py_ssize_t whole;
            w->left--;
            whole = ask(w, slot, "fullmatch", from, end);
            if (whole == FAILED)
                return FAILED;
            if (whole != NONE && (found = ends(w, items, i + 1, end, 0, next)) != NONE)
                return found;
        }
    return NONE;
}

/* Where the items from i on, and what follows them, can end that begin at `from`; `gap`: a blank is due. */
static Py_ssize_t
ends(Walk *w, const Sequence *items, Py_ssize_t i, Py_ssize_t from, int gap, const Next *next)
{
    Py_ssize_t begin, found;
    const Node *item;
    if (--w->left < 0)
        return NONE;
    if (i == items->size) {
        if (next != NULL)
            return ends(w, next->items, next->at, from, gap, next->next);
        return from > w->begin && (!w->bordered || finishes(w, from)) ? from : NONE;
    }
    item = &items->nodes[i];
    if (item->kind == GAP)
        return ends(w, items, i + 1, from, 1, next);
    begin = gap ? over(w, from) : from;
    if (begin >= 0) {
        if (item->kind == WORD) {
            Py_ssize_t end = begin + PyUnicode_GET_LENGTH(item->object);
            if (end <= w->stop) {
                Py_ssize_t same = PyUnicode_Tailmatch(w->folded, item->object, begin, w->size, -1);
                if (same < 0)
                    return FAILED;
                if (same)
                    return ends(w, items, i + 1, end, 0, next);
            }
            return NONE;
        }
        if (item->kind == SLOT) {
            found = slot_ends(w, items, i, begin, next);
            if (found != NONE)
                return found;
        }
        else {
            Next behind = {items, i + 1, next};
            Py_ssize_t n;
            for (n = 0; n < item->count; n++) {
                found = ends(w, &item->options[n], 0, begin, 0, &behind);
                if (found != NONE)
                    return found;
            }
        }
    }
    if (item->kind != WORD && item->optional) {
        /* At the very beginning the blank behind what is left out goes with it. */
        int leads = from == w->begin && i + 1 < items->size && items->nodes[i + 1].kind == GAP;
        return ends(w, items, i + (leads ? 2 : 1), from, gap, next);
    }
    return NONE;
}

/* Whether one of the words with which every match begins stands at i; -1 on errors. */
static int
leads(const Walk *w, Py_ssize_t i)
{
    Py_ssize_t n, count = PyTuple_GET_SIZE(w->form->firsts);
    for (n = 0; n < count; n++) {
        Py_ssize_t same = PyUnicode_Tailmatch(w->folded, PyTuple_GET_ITEM(w->form->firsts, n), i, w->size, -1);
        if (same)
            return (int)same;
    }
    return count == 0;
}

static Py_ssize_t
match_from(Walk *w, Py_ssize_t i)
{
    int may = leads(w, i);
    if (may <= 0 || !begins(w, i))
        return may < 0 ? FAILED : NONE;
    w->begin = i;
    w->left = STEPS;
    w->bordered = 1;
    return ends(w, &w->form->items, 0, i, 0, NULL);
}

/* Checks the texts and offsets of a call; 0 and an error where they don't fit. */
static int
prepare(Walk *w, Form *form, PyObject *text, PyObject *folded, Py_ssize_t low, Py_ssize_t high)
{
    w->form = form;
    w->text = text;
    w->folded = folded;
    w->size = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_GET_LENGTH(folded) != w->size || low < 0 || high < low || high > w->size) {
        PyErr_SetString(PyExc_ValueError, "the offsets don't fit the texts");
        return 0;
    }
    w->kind = PyUnicode_KIND(text);
    w->data = PyUnicode_DATA(text);
    w->pages = (const uint8_t *)PyBytes_AS_STRING(form->pages);
    w->index = (const uint16_t *)PyBytes_AS_STRING(form->index);
    w->stop = high;
    return 1;
}

static PyObject *
answer(Py_ssize_t found)
{
    if (found == FAILED)
        return NULL;
    if (found == NONE)
        Py_RETURN_NONE;
    return PyLong_FromSsize_t(found);
}

static PyObject *
Form_match_at(Form *self, PyObject *args)
{
    PyObject *text, *folded;
    Py_ssize_t from, stop;
    Walk w;
    if (!PyArg_ParseTuple(args, "UUnn", &text, &folded, &from, &stop))
        return NULL;
    if (!prepare(&w, self, text, folded, from, stop))
        return NULL;
    return answer(match_from(&w, from));
}

static PyObject *
Form_match_inside(Form *self, PyObject *args)
{
    PyObject *text, *folded;
    Py_ssize_t from, stop;
    Walk w;
    if (!PyArg_ParseTuple(args, "UUnn", &text, &folded, &from, &stop))
        return NULL;
    if (!prepare(&w, self, text, folded, from, stop))
        return NULL;
    w.begin = from;
    w.left = STEPS;
    w.bordered = 0;
    return answer(ends(&w, &self->items, 0, from, 0, NULL));
}

static PyObject *
Form_match_around(Form *self, PyObject *args)
{
    PyObject *text, *folded;
    Py_ssize_t low, end, stop, back, last, from, near, i, found = NONE;
    Walk w;
    if (!PyArg_ParseTuple(args, "UUnnnn", &text, &folded, &low, &end, &stop, &back))
        return NULL;
    if (end <= low || end > stop) {
        PyErr_SetString(PyExc_ValueError, "the offsets don't fit the texts");
        return NULL;
    }
    if (!prepare(&w, self, text, folded, low, stop))
        return NULL;
    last = end - 1;
    from = low;
    while (from < last && Py_UNICODE_ISSPACE(at(&w, from)))
        from++;
    near = from > last - back ? from : last - back;
    if (near == from) {
        found = match_from(&w, from);
        if (found == FAILED)
            return NULL;
        if (found >= end)
            return Py_BuildValue("nn", from, found);
    }
    for (i = near; i < end;) {
        unsigned class = class_of(&w, i);
        Py_ssize_t behind = i + 1;
        if (class & STOP) {
            while (behind < end && (class_of(&w, behind) & CLOSE))
                behind++;
        }
        else if (!(class & SIGN)) {
            if (!(class & BLANK)
                || (at(&w, i) != '\t' && (behind >= end || !(class_of(&w, behind) & BLANK)))) {
                i++;
                continue;
            }
        }
        while (behind < end && (class_of(&w, behind) & BLANK))
            behind++;
        if (behind <= last) {
            found = match_from(&w, behind);
            if (found == FAILED)
                return NULL;
            if (found >= end)
                return Py_BuildValue("nn", behind, found);
        }
        i = behind;
    }
    Py_RETURN_NONE;
}

static void
clear(Sequence *items)
{
    Py_ssize_t i, n;
    for (i = 0; i < items->size; i++) {
        Node *node = &items->nodes[i];
        Py_XDECREF(node->object);
        Py_XDECREF(node->pattern);
        for (n = 0; n < node->count; n++)
            clear(&node->options[n]);
        PyMem_Free(node->options);
    }
    PyMem_Free(items->nodes);
    items->nodes = NULL;
    items->size = 0;
}

static void
Form_dealloc(Form *self)
{
    clear(&self->items);
    Py_XDECREF(self->firsts);
    Py_XDECREF(self->expression);
    Py_XDECREF(self->pages);
    Py_XDECREF(self->index);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Reads a tuple of parts: None is a blank, a str a word, (name, optional, figure) a slot, (options,
 * optional) a choice. What it has read so far is the caller's to clear, also after an error. */
static int
read_items(PyObject *parts, Sequence *out, int depth)
{
    Py_ssize_t i, n;
    if (!PyTuple_Check(parts) || depth > 50) {
        PyErr_SetString(PyExc_TypeError, "a form is a tuple of parts");
        return -1;
    }
    out->nodes = PyMem_Calloc((size_t)PyTuple_GET_SIZE(parts) + 1, sizeof(Node));
    if (out->nodes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (i = 0; i < PyTuple_GET_SIZE(parts); i++) {
        PyObject *part = PyTuple_GET_ITEM(parts, i);
        Node *node = &out->nodes[i];
        out->size = i + 1;
        if (part == Py_None) {
            node->kind = GAP;
            continue;
        }
        if (PyUnicode_Check(part)) {
            node->kind = WORD;
            Py_INCREF(part);
            node->object = part;
            continue;
        }
        if (!PyTuple_Check(part)) {
            PyErr_SetString(PyExc_TypeError, "a part is None, a str or a tuple");
            return -1;
        }
        if (PyTuple_GET_SIZE(part) == 3) {
            PyObject *name;
            if (!PyArg_ParseTuple(part, "Upn", &name, &node->optional, &node->figure))
                return -1;
            node->kind = SLOT;
            Py_INCREF(name);
            node->object = name;
        }
        else {
            PyObject *options;
            if (!PyArg_ParseTuple(part, "O!p", &PyTuple_Type, &options, &node->optional))
                return -1;
            node->kind = CHOICE;
            node->options = PyMem_Calloc((size_t)PyTuple_GET_SIZE(options) + 1, sizeof(Sequence));
            if (node->options == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            for (n = 0; n < PyTuple_GET_SIZE(options); n++) {
                node->count = n + 1;
                if (read_items(PyTuple_GET_ITEM(options, n), &node->options[n], depth + 1) < 0)
                    return -1;
            }
        }
    }
    return 0;
}

static PyObject *
Form_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *parts, *firsts, *expression, *pages, *index;
    Py_ssize_t n;
    Form *self;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "Form takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!O!OSS", &PyTuple_Type, &parts, &PyTuple_Type, &firsts, &expression, &pages,
                          &index))
        return NULL;
    if (PyBytes_GET_SIZE(index) != 2 * (0x110000 >> 8)) {
        PyErr_SetString(PyExc_ValueError, "the index has to hold all of Unicode");
        return NULL;
    }
    for (n = 0; n < 0x110000 >> 8; n++)
        if ((((Py_ssize_t)((const uint16_t *)PyBytes_AS_STRING(index))[n] + 1) << 8) > PyBytes_GET_SIZE(pages)) {
            PyErr_SetString(PyExc_ValueError, "the index points outside of the pages");
            return NULL;
        }
    for (n = 0; n < PyTuple_GET_SIZE(firsts); n++)
        if (!PyUnicode_Check(PyTuple_GET_ITEM(firsts, n))) {
            PyErr_SetString(PyExc_TypeError, "the first words have to be str");
            return NULL;
        }
    self = (Form *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(firsts);
    self->firsts = firsts;
    Py_INCREF(expression);
    self->expression = expression;
    Py_INCREF(pages);
    self->pages = pages;
    Py_INCREF(index);
    self->index = index;
    if (read_items(parts, &self->items, 0) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef Form_methods[] = {
    {"match_at", (PyCFunction)Form_match_at, METH_VARARGS,
     "match_at(text, folded, at, stop) -> int | None\n\nSee lexicon/matcher.py."},
    {"match_inside", (PyCFunction)Form_match_inside, METH_VARARGS,
     "match_inside(text, folded, at, stop) -> int | None\n\nThe first end, whatever stands behind it."},
    {"match_around", (PyCFunction)Form_match_around, METH_VARARGS,
     "match_around(text, folded, low, end, stop, back) -> (int, int) | None\n\nSee lexicon/matcher.py."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject FormType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cleantext._forms.Form",
    .tp_doc = "A form of the lexicon: see lexicon/matcher.py.",
    .tp_basicsize = sizeof(Form),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Form_new,
    .tp_dealloc = (destructor)Form_dealloc,
    .tp_methods = Form_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_forms",
    .m_doc = "The compiled walk along forms.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit__forms(void)
{
    PyObject *m;
    if (PyType_Ready(&FormType) < 0)
        return NULL;
    m = PyModule_Create(&module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&FormType);
    if (PyModule_AddObject(m, "Form", (PyObject *)&FormType) < 0) {
        Py_DECREF(&FormType);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
