#!/bin/sh
# Genre Desktop @VERSION@ for Linux: installs itself into your home (~/.local), or elsewhere with --prefix.
#   sh FILE [--prefix DIR]      install          sh FILE --extract DIR    only unpack, run DIR/genre-desktop/genre-desktop
#   sh FILE --uninstall [--prefix DIR]           your library, models and settings stay
set -eu

remove() {
    prefix=$1
    rm -rf "$prefix/lib/genre-desktop"
    rm -f "$prefix/bin/genre-desktop" "$prefix/share/applications/genre-desktop.desktop" \
        "$prefix/share/man/man1/genre-desktop.1.gz" "$prefix"/share/icons/hicolor/*/apps/genre-desktop.*
    tell "$prefix"
    echo "Genre Desktop is removed from $prefix. Your data is still in ~/.local/share/genre-desktop."
}
tell() { # the desktop that its entries have changed, where it wants to be told
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$1/share/applications" 2>/dev/null || true
    fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then
        gtk-update-icon-cache -qft "$1/share/icons/hicolor" 2>/dev/null || true
    fi
}
# end of remove

prefix=${HOME:-/usr/local}/.local
what=install
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?--prefix needs a folder}; shift ;;
        --extract) what=extract; prefix=${2:?--extract needs a folder}; shift ;;
        --uninstall) what=uninstall ;;
        *) sed -n '2,4s/^# *//p' "$0"; [ "$1" = --help ] || [ "$1" = -h ]; exit ;;
    esac
    shift
done

if [ "$what" = uninstall ]; then
    remove "$prefix"
    exit
fi
command -v xz >/dev/null 2>&1 || { echo "This needs xz (Debian, Ubuntu: sudo apt install xz-utils)." >&2; exit 1; }
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd)
payload() { tail -n +"$(($(grep -an '^__PROGRAM__$' "$0" | cut -d: -f1) + 1))" "$0" | tar -xJf - -C "$1" --no-same-owner; }
if [ "$what" = extract ]; then
    payload "$prefix"
    echo "Unpacked. Start it with: $prefix/genre-desktop/genre-desktop"
    exit
fi

mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
new=$(mktemp -d "$prefix/lib/.genre-desktop-XXXXXX")
trap 'rm -rf "$new"' EXIT
payload "$new"
chmod 755 "$new/genre-desktop"
rm -rf "$prefix/lib/genre-desktop"
mv "$new/genre-desktop" "$prefix/lib/genre-desktop"
mv "$new/uninstall.sh" "$prefix/lib/genre-desktop/uninstall.sh"
ln -sfn ../lib/genre-desktop/genre-desktop "$prefix/bin/genre-desktop"
cp -R "$new/share/." "$prefix/share/"
sed -i "s|^Exec=genre-desktop|Exec=\"$prefix/lib/genre-desktop/genre-desktop\"|" "$prefix/share/applications/genre-desktop.desktop"
tell "$prefix"
echo "Genre Desktop @VERSION@ is installed. Find it in your menu, or start $prefix/bin/genre-desktop"
echo "To remove it: sh $prefix/lib/genre-desktop/uninstall.sh"
exit
__PROGRAM__
