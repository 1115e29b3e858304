#!/usr/bin/env bash
# Installs the Debian packages the app and its tests need, only those that are missing and only where
# permitted; otherwise prints the one command to type. Other systems need nothing beyond Python.
set -euo pipefail
python=${1:-python3}

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
    echo "Genre Desktop needs Python 3.11, 3.12 or 3.13; $("$python" --version 2>&1) was found. Say make PYTHON=python3.11 …" >&2
    exit 1
fi
command -v dpkg-query >/dev/null || exit 0

needed=(
    libportaudio2                                   # microphone and playback
    libegl1 libgl1 libfontconfig1 libdbus-1-3 libglib2.0-0 fonts-dejavu-core  # Qt
    libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
    libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
    xvfb xauth xdotool x11-utils imagemagick        # tests on a real screen, and its pictures
    pulseaudio pulseaudio-utils libasound2-plugins  # tests with a real microphone
    postgresql iproute2 openssl                     # tests with a team's server and a cut network
)
"$python" -c 'import ensurepip, venv' 2>/dev/null || needed+=(python3-venv)

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
    run=()
elif sudo -n true 2>/dev/null; then
    run=(sudo)
else
    echo "These system packages are missing. Type this once, then run make again:" >&2
    echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    # Without python3-venv nothing can follow; the rest only limits sound, window or tests.
    [[ " ${missing[*]} " == *" python3-venv "* ]] && exit 1
    exit 0
fi
echo "Installing system packages: ${missing[*]}"
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
