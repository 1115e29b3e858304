#!/bin/sh
# Genre Desktop @VERSION@ for Linux: installs itself into your home (~/.local), or elsewhere with --prefix.
#   sh FILE [--prefix DIR]                 install, or replace an older version
#   sh FILE --uninstall [--prefix DIR]     remove; your library, models and settings stay
#   sh FILE --extract DIR                  only unpack; start it with DIR/opt/genre-desktop/genre-desktop
set -eu

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0"; }
update_caches() { # of desktop entries and icons, where the desktop has them
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$prefix/share/applications" 2>/dev/null || true
    fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then
        gtk-update-icon-cache -qft "$prefix/share/icons/hicolor" 2>/dev/null || true
    fi
}
uninstall() {
    rm -rf "$prefix/lib/genre-desktop" "$prefix/share/doc/genre-desktop"
    rm -f "$prefix/bin/genre-desktop" "$prefix/share/applications/genre-desktop.desktop" \
        "$prefix/share/man/man1/genre-desktop.1.gz" "$prefix"/share/icons/hicolor/*/apps/genre-desktop.*
    update_caches
    echo "Genre Desktop is removed from $prefix. Your data is still in ~/.local/share/genre-desktop."
}
unpack() {
    command -v xz >/dev/null 2>&1 || { echo "This needs xz (Debian, Ubuntu: sudo apt install xz-utils)." >&2; exit 1; }
    line=$(grep -an '^__PROGRAM__$' "$0" | cut -d: -f1)
    tail -n +"$((line + 1))" "$0" | tar -xJf - -C "$1" --no-same-owner
}
install() {
    mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
    new=$(mktemp -d "$prefix/lib/.genre-desktop-XXXXXX")
    trap 'rm -rf "$new"' EXIT
    unpack "$new"
    sed '/^__PROGRAM__$/q' "$0" >"$new/opt/genre-desktop/install.sh"
    rm -rf "$prefix/lib/genre-desktop"
    mv "$new/opt/genre-desktop" "$prefix/lib/genre-desktop"
    ln -sfn ../lib/genre-desktop/genre-desktop "$prefix/bin/genre-desktop"
    cp -R "$new/usr/share/." "$prefix/share/"
    sed -i "s|^Exec=genre-desktop|Exec=\"$prefix/lib/genre-desktop/genre-desktop\"|" \
        "$prefix/share/applications/genre-desktop.desktop"
    update_caches
    echo "Genre Desktop @VERSION@ is installed. Find it in your menu, or start $prefix/bin/genre-desktop"
    echo "To remove it: sh $prefix/lib/genre-desktop/install.sh --uninstall --prefix $prefix"
}

prefix=${HOME:-/usr/local}/.local
what=install
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?--prefix needs a folder}; shift ;;
        --extract) what=unpack; prefix=${2:?--extract needs a folder}; shift ;;
        --uninstall) what=uninstall ;;
        -h | --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd)
if [ "$what" = unpack ]; then unpack "$prefix"; else "$what"; fi
exit
__PROGRAM__
