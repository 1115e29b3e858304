<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Window</name>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Tells what genre your music is. Everything happens on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Free software under the MIT licence; its parts have licences of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Whose work is in this program, and under which licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy the versions of all parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>This program is made with the work of others. These are their licences, word by word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy this licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>About Genre Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>What this program is made with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Reading the licences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>All parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Open files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Choose songs or videos to analyse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Analyse everything in a folder and below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Try the &amp;demo clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Analyse the short clip that comes with the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Pause or resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Stop reading for now, or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Cancel reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Stop; answers so far stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Save results…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save the list as CSV or JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Take back what was done last to labels and clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Do again what was taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>C&amp;onfirm genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Say that the answer is right; it becomes a training example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Find in list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Search the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Copy answers or problems as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Read the chosen files once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Remove from list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>The files themselves stay where they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>C&amp;lear list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Start over with an empty list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show less time in the spectrogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show more time in the spectrogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show the &amp;whole song</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Undo all zooming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>What the program noticed about itself and its models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Sc&amp;hedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Jobs that run by themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Listen or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Hear what genre the room is in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Record or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Keep what is heard as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;About Genre Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Like the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Mel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Magma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Viridis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Inferno</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Plasma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Cividis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Quit Genre Desktop?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>One file has not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{n} files have not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Quit all the same?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Free software under the MIT licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Warnings and errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Errors only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Show the folder with all logs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>One entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>{n} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>What was logged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Who wrote it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>How serious</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Show only what is so serious or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Search the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Only records with these words stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Keep the newest lines in sight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>{shown} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Job {name} {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Copy the lines that are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Nothing has been logged here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>This log is no longer kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>Show why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>The fallback model answers for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>Restore starter models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>No model can answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>No web browser could be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>The analysis process had to be restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Only files on this computer can be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>What was dropped is an address on the internet; this program never goes online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Save the file first, then drop it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Open files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Save results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>The results were saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>One file of it was answered and is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>{n} files of it were answered and are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Reading “{name}” was interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>A new one was started and the file is tried once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Sound and video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Spreadsheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Analysis ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Go on reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Nothing is recorded; only the level is measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Microphone check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Listen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Analyse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>label of one file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>labels of {n} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>One file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>{n} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>Nothing in the list fits the search and the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Genre of the chosen clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Genre of {n} chosen clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Features that were measured elsewhere, with a label column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>A folder that holds one folder for each genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Train a model on what is in the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Take them out of the library; the files stay (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>No correction waits for a retrain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One correction waits for a retrain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} corrections wait for a retrain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One clip added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} clips added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Clips per genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a folder with one folder for each genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a table of features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Change genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>genre of clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>removal of clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import table…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Files left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Teach it your own genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a folder that holds one folder for each genre, called whatever you like. Or correct answers on the Analyse page: every correction is an example too. Your files are only read, never changed or copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Retrain…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Search clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Words in file names, genres and artists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Change genre…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Give them another genre (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One file needs a look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} files need a look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one known already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} known already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one found at its new place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} found at their new places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one with a new genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} with a new genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Importing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Close this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Listen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Start or stop listening (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Keep what is heard as a file (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Let the picture stand; listening goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Input device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>What to listen to; the choice is remembered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>The last two minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>System default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} windows wait, {d} dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} dropouts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{name} ({time}) was saved and is in the list of results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Rescan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Look for devices again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Spectrogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Input level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source> (default)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{name} (not there)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop recording  {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{name}, {rate} Hz, {n} channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Unfreeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Retraining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Promoting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Rolling back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Restoring the starter models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>MLflow’s pages are open in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Serves as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>G-Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Version {champion} is champion now, version {fallback} is fallback.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>One version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>{n} versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>MLflow’s own pages, on this computer only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Let the models that came with the program serve again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Let this version answer; the champion of now becomes fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Asking the registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Open MLflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Roll back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Undo the last promotion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Train on your library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Choose one for details, two to compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Column headings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Promote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Open run folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Its plots and files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Version {version} was promoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Version {version} was not promoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>version {version} serves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Asking the registry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>All time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Every remembered answer, correction, imported clip, drift check, alert and job log is deleted for good. Models, settings and recordings stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>What the figures are about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Sections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Forget everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Alerts ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>The store is empty, and its file was cleaned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Everything is forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>Open report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>Retrain now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>The model that served before the last promotion becomes champion again. Nothing is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>The models that came with the program serve again. Yours stay in the registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>Show schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{rate} files a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one hour left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} hours left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>One file read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{n} files read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Looking for files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{done} of {found} read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{rate} files a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one second left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} minutes left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Stop reading for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>one problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{n} problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Drop files anywhere to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>For one hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Until tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>For a week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>When your music drifts away from what the model learned, a model breaks or a job fails, it is said here: what happened, what the program did, and what you can do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Return marks the alert as read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Mark all as read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Mark as read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Snooze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Be quiet about it for a while</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>{n} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>over since {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>No alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>One unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>{n} unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Nothing unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What the app did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What you can do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>quiet until {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>one unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>none unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>Alerts, {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>Show alerts: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Imported sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Imported table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Your word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>On its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Artist, album or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Training examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Click to sort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/confusion.py"/>
        <source>Confusion matrix: truth down, answers across</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Is this right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The {n} chosen files are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Say nothing about this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Yes  K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The answer is right (K or Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Confirm genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Another genre of your own…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Own genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Type any genre and press Return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>It is {genre} ({key})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>It is {genre}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>You said {genre}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>You confirmed it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The next retraining learns it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>{n} checks, {drifted} with drift. The last, {time}: {share} of the features differ, {limit} is the limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>No drift check yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>drift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>no drift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>Drift over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>Switches: {moves}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>One file or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>{n} files or folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>Drop target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>Drop to find out what it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Drop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Songs, albums, whole folders, even videos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Wait a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Each song is read in windows, so you see where its genre changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Its genre, how sure that is, and what else it might be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>WAV, MP3, FLAC, M4A, OGG, Opus and the sound of videos; single songs or whole folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Drop music here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Genre filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Show one genre only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Status filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Show files in one state only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>All genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Search files and genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Words in file names, folders and genres (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Show log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Progress of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Log of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Hide log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Nothing was left half done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>It did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Checking for drift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Tidying up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>MLflow’s pages are open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Promoting a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Jobs under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Cancel this job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Cancel: {job}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>one more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>{n} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>{rms} dBFS, peak {peak} dBFS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>Loudness (bar) and held peak (line) in dBFS; 0 is the loudest a device can send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>, clipping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>tentative, the window still fills</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>steady</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>settling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>What is heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Not listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Press Listen to hear what genre the room is in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Listening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>The first answer comes after three seconds of music.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Somebody speaks; a genre comes with music.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>It is quiet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>Live spectrogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>seconds from now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>{s} s ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/log_view.py"/>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/log_view.py"/>
        <source>The job said nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Model details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Choose a version to see its figures, or two to compare them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>These figures were measured on different clips, so they do not say which model is better. A promotion measures both on the same clips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Stands in reserve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>No figures per genre were kept with this version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Clips trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Recall per genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>No version chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Found of each genre (recall)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Taken for what (truth down, answer across)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/nav_rail.py"/>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/notice.py"/>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>No drift check in this period. Each becomes a point here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Files and live windows that got an answer in this period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Time to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Half of all answers were faster; below: 95 % and 99 % were faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Share of the answers you judged that you corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Without answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Files that could not be read or classified in this period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Restarts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How often the analysis process had to be restarted, ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Of the program and all its processes, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>95 %: {p95}
99 %: {p99}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>One answer below 40 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} answers below 40 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{words} · distance {distance}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Share of the features that differ from what the champion learned from. Above the dashed line it is a drift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>What differs most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How the answers of this period are spread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How sure the answers were: many near 100 % is good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Forget everything…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Delete everything the program remembers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>What is remembered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Everything stays on this computer. How long, you say in the preferences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Last check {ago}: {clips} clips. Bars: what you played. Dashed line: what the champion learned from, in your mix of genres.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Models, settings and recordings are files of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>one by the fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} by the fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{corrected} of {judged} judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>none judged yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{share} of {n} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>After the first drift check, the features that differ most stand here beside what the champion learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Bars: what you played. Dashed line: what the champion learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Analyse some music, and its genres stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Analyse some music, and you see how sure the answers were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>It runs by itself {trigger}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>One answer is remembered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} answers are remembered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>{percent} sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Answered by {alias}, because {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Unusual for this model: it learned from few sounds like this one, so trust the answer less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>{words}: more a guess than an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>No file chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Choose a row to see its answer and its spectrogram.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>How much of the file is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Click to sort, drag to move, right-click to choose columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Drop more songs or folders anywhere in the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Learns from your library, your corrections and the clips that came with the program. The model in service keeps answering meanwhile, and stays unless the new one is better by more than chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Promote it if it is better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Trials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Settings tried for each family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Retrain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Settings tried in each family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Close the options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>next {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Stopped unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Has not run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>These jobs run by themselves while the program is open. One that was due in the meantime runs once, a minute after the start; two never run at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>took {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>due; waits until {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Run now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Run now: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Cancel: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Choose when it runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Edit when it runs: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>What it said when it last ran</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Log: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Progress: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>When it runs: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>next time not yet set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Runs {trigger}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works, and your music fits what it learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>The champion answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works. Whether your music fits what it learned from, the first drift check will say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works. The last drift check found your music unlike what it learned from; one more will tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>The full drift report, in your web browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>Compare what you played with what the champion learned from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>Last answer by {model} version {version} ({alias})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>so since {ago}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>Colour map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>Darkest level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>{axis} frequency axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>There is no sound to draw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Show the whole song</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>The spectrogram is being drawn…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>{genre} {percent} from {start} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>One stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>{n} stretches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>Dismiss (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>One more message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>{n} more messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/top_bars.py"/>
        <source>Likeliest genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>{share} of the features differ: no drift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Version {version} is the champion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Nothing to judge yet: {n} of {needed} answered clips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>{share} of the features differ: your music has drifted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The job could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Check drift now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Checking for drift…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Drift was checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Training…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Training is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Rolling back…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The model before serves again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Restoring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The starter models serve again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Registry sweep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Sweeping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The registry is in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Store maintenance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Tidying…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The store is tidy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>This answer is not in the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>A correction needs the measurements that came with the answer, and they were not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>Switch on “Remember answers” in the settings, then read the file again (F5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Blues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Classical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Country</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Disco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Hip-hop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Jazz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Metal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Pop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Reggae</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Rock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Say something, or clap your hands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} is too loud and clips. Turn its level down a little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} hears you, {peak} dBFS at its loudest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} sends very little, {peak} dBFS at its loudest. Turn up its level in the system’s sound settings, or come nearer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Listening to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Opening the microphone…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>The microphone works, but too loud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>The microphone works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Hardly anything is heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Several families, voting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Linear models, voting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Among first three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Macro-F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Log-loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Calibration error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>one second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{n} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{span} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>in a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Runner-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>You said {label}; the model said {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>Nothing to read there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>No audio or video files were found in what you opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>Open a folder with music, or drop a file itself: named files are always tried.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Below</name>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ from what the champion learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ from what the champion learned from ({limit}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ; they seem to be recorded or coded in another way ({limit}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>after {news}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{every} and after {news}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{n} new predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{n} new corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{done} of {total} · {rate} a second · {left} · {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/errors.py"/>
        <source>Something went wrong inside Genre Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/errors.py"/>
        <source>Try again; if it happens again, Help › Copy diagnostics tells us what we need to know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/export.py"/>
        <source>The results could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/export.py"/>
        <source>Choose another folder, or free some space, and save again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>various artists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>unknown artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>unknown album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The champion goes on answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The fallback model answers instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>No model can answer until you act.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Your music differs from what the model learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Look at the report; if your music really is different, confirm or correct some answers and retrain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The champion model does not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Roll back to the model before, retrain, or restore the starter models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Fault: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The fallback model does not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It will not be asked until it works again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Restore the starter models, so that somebody can step in for the champion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Files are not classified until a model works; nothing of yours is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Restore the starter models. Models that you trained stay in the registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>A new process was started and the file was tried once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>If one file does this again and again, leave it out and send us the diagnostics.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>{title} did not finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It will run again at its next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Read its log on the Schedule page, or run it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>{title} stopped unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Nothing was changed by it, and it is scheduled again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Version {version} is the new champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It answers from now on; the one before became the fallback.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Roll back if you liked the old answers better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Colours of the window and of every plot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Size of all text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Language of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How much of a song to read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>The whole song in windows, or one 30 s excerpt from its middle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Worker processes for folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How many files are read side by side; 0 means one per processor core.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Frequency axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Mel follows hearing, log shows octaves, linear shows hertz.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Perceptually uniform and safe for colour-blind people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Levels below this are drawn in the darkest colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Name of the device to listen to; empty means the system default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How much sound one live answer looks at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Pre-roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Sound kept from before Record was pressed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Keep predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Older predictions are deleted by the maintenance job; 0 keeps all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Remember predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift checks and the Monitor page need them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Monitoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift check every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How often the drift check runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift check after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Also after this many new predictions; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Share of features that must have drifted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift p-value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>A feature has drifted when its Kolmogorov-Smirnov p-value is below this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift needs at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Fewer clips than this are never judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Windows in a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>So many windows must drift before the fallback takes over, and be clean before the champion returns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Retrain every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How often retraining runs; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Retrain after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Also when so many new corrections wait; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Parameter settings tried for each family of models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Wait while on battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Scheduled jobs wait until the computer is plugged in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Wait while listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Scheduled jobs wait until live mode stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Registry sweep every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Clears away what an interrupted training left behind; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Store maintenance every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Deletes what is older than you keep and tidies the library file; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Desktop notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Show alerts on the desktop when the window is not in front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Prometheus endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Offers the Monitor page's figures on 127.0.0.1; off unless you switch it on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Prometheus port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Port on 127.0.0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Restore the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Open where it was closed: size, page and table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Settings cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>{path} is not a settings file ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Rename or delete the file to start with the defaults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Settings come from a newer version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>{path} has format {written}; this program knows {format}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Update Genre Desktop, or rename the file to start with the defaults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>{reason} The fallback cannot step in: {reason2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>{reason} The fallback does not work either: {reason2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>A new champion was promoted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The starter models were restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The champion works again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The music fits the champion's reference again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/alerts.py"/>
        <source>Code: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>No genre given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>A correction needs a genre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>Choose one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>This answer is no longer remembered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>It was deleted, so there is nothing to correct.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>Analyse the file again, then correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Your library comes from a newer version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>{path} has schema {version}; this program knows {migrations}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Update Genre Desktop, or choose another folder with --home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Your library cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Restore the file from a backup, or move it away to start with an empty library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/job_runs.py"/>
        <source>Genre Desktop or the computer was shut down while it ran.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>time, source, path, clip_hash, duration_s, feature_version, features, genre, confidence, probabilities, unusual, model_name, model_version, alias, because, latency_ms, error_code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Everything is forgotten, but the file was not yet cleaned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Another part of the program was using the library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Wait until no job runs, then forget again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>The header of {_name} claims {rate} samples a second, which no sound has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>This file holds broken samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{_name} has values that are not numbers (NaN or infinite), the first at {when} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>Export it again from the program that wrote it, as 16 or 24 bit wav or flac.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{_name} has a header, but no sound follows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>None of the {packets} parts of {_name} could be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>Reading stopped after {found_s} s, because what follows is damaged or changes its format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>1 damaged part was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{damaged} damaged parts were</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{parts} skipped; the rest was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This is not an audio file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} is a pipe or a device, not a regular file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a file on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} has a length of zero bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file has no sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} holds pictures but no audio track.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a file with sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The sound in {name} is in a format no decoder here knows, or it is copy-protected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file cannot be decoded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>If it plays elsewhere, convert it to wav, flac or mp3 and try that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} was not found; it may have been moved, renamed or deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Check the folder and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} is a folder, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Open it as a folder, or use --recursive, to analyse what is inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file may not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The system denies access to {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Change the file's permissions, or copy it to a folder of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Reading {name} failed: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Check that the disk or network folder is connected, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} begins like an MP4 file but its index is missing, as when a download or a recording was broken off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The content of {name} is no sound or video format this program knows, whatever its name says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a sound or video file, such as wav, flac, mp3, m4a, ogg, opus, wma or mp4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_integrity.py"/>
        <source>The file breaks off: {found_s} s could be read, and what came after is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_integrity.py"/>
        <source>The file breaks off: {found_s} s of {expected_s} s could be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open System Settings › Privacy &amp; Security › Microphone and allow Genre Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open Settings › Privacy › Microphone and allow desktop apps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open the system's sound settings, see that the input is not muted and its level is up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Sound input is not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The PortAudio library is not installed on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Install it (on Debian and Ubuntu: sudo apt install libportaudio2) and start Genre Desktop again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>No microphone was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The system lists no input device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug in a microphone, or see whether the sound server is running; listening begins by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The chosen device is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} is not among the system's input devices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it in again, and it is used as soon as it is back, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device went away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} stopped sending sound: it was unplugged, or the sound server ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it in again; listening goes on as soon as it is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The output went away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} stopped playing: it was unplugged, or the sound server ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Connect it again, or choose another output in the system's sound settings, and press Play.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device stopped sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Nothing has come from {name} for some seconds, as happens after the computer slept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device is being opened again; if that does not help, plug it out and in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>No signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} sends pure digital silence, so it is probably muted, switched off, or not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The microphone may not be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Add your user to the audio group, or open the device from your own session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device is in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} is used by another program, or has just been unplugged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Close the other program; listening begins as soon as the device is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device refuses every sample rate we know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} accepted no common sample rate and channel count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Set it to 44100 or 48000 Hz in the system's sound settings, or choose another device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} could not be opened: {_plain}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it out and in, or choose another device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>not permitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>This folder may not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>The system denies access to {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Change the folder's permissions; everything else is analysed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>This folder cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Looking into {folder} failed: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Check that the disk or network folder is connected; everything else is analysed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>There is nothing to play through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>The system lists no output device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>Connect loudspeakers or headphones and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Take {now}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>there are a thousand takes of this second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The take has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The device went away or was changed while it was recorded; everything up to then is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Press Record for a new take once it listens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>There is not enough room left to record; what was recorded so far is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Make room on the disk, or choose another folder for takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The take cannot be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Writing to the folder for takes failed: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>See whether the folder may be written to and its disk is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file is write-protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} may be read, but not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Allow changes in the file's properties, then write its tag again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file holds another song now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} was changed after it was analysed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Analyse it again, then write its tag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The tag was not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>In {name} it would have changed more than the tag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was; write its tag with another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>the tag could not be read back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The tags of this file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was; mend its tags with another program first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} was moved or deleted, or its disk is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Open it from its new place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was. Close programs that use it, check the disk and its permissions, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This kind of file holds no genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} is in a format whose tags have no place for one, or that cannot be written safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>mp3, m4a, flac, ogg, opus, aiff, wav, wma and ape files can hold one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file was changed meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Another program wrote to {name} just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Restore the starter models, or roll back to an earlier version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The folder is not empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{folder} holds other files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model is not whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{file} is damaged ({__name__}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model comes from a newer version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It has format {written}; this program knows {format}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Update Genre Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>More than {max_depth} models stand on one another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model answers differently than when it was stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Another version of its libraries computes it in another way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Train a new model, or restore the starter models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It does not fit together ({__name__}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model expects other features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It was trained on another list of features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model file is not whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} has {data} bytes instead of {bytes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} is larger than {max_file} MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{path} cannot be read ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{file} names a file it must not name: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model was changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} is not the file that was registered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/contest.py"/>
        <source>It has learned from nothing but the reference clips, which the starter models know. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Too few clips to judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>{n} clips were answered since the last check; {minimum} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse more music; the check runs again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>These clips cannot be compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>They have {shape} features; the reference has {reference}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse the music again with this version of the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>{int} of them hold values that are no numbers, the first in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse the music again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Reading what the champion learned from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Window {number} of {windows}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>{threshold} would be a drift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>; they seem to be recorded or coded in another way ({limit}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>{n} clips were answered so far; {minimum} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Analyse more music, then check again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Writing the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_report.py"/>
        <source>The drift report could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_report.py"/>
        <source>Choose another place, or free some space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} failed ({__name__}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} answered with values that are no numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} is still busy with an earlier clip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} took longer than {budget} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>The model does not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Restore the starter models, or train a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Neither the champion nor the fallback works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Restore the starter models on the Models page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>There is no such family of models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>{name} is none of {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Choose one or several of them, separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Adapted starter model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Vote of several families</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Shrinkage LDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Logistic regression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Support vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Random forest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>XGBoost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Nearest neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>This clip is too short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>It lasts {seconds} s; a genre needs at least {shortest_s} s of sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Choose a longer piece.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>This sound is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>It holds samples that are not numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Export or convert the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>There is nothing to hear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>The sound stays below -80 dB of full scale throughout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Check the file or the input level.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_job.py"/>
        <source>Stopped. What was read is in the library; import again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_job.py"/>
        <source>{path}: {added} added, {result} skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_report.py"/>
        <source>It is the same recording as {before}, which is in the library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Nothing to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} holds no folders with audio files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Choose a folder that holds one folder for each genre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It has the same name and numbers as {content_hash}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Looking for audio files in {root}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It lies in {name} itself and not in a folder named after a genre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>There is no such folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Check the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>This is neither a folder nor a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} is a file of another kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Choose a folder that holds one folder for each genre, or a CSV table of features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Nothing is known about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It disappeared while it was read ({strerror}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about {round} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about {seconds} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/predictor.py"/>
        <source>Choosing a genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Version {version} ({family}) is ahead of the old champion by {ahead} G-Mean and is of another family than the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>The old champion stands by: no other family is clearly better in that role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>G-Mean {before} → {after} on {n} held-out clips (difference {value}, 90 % between {low} and {high}; ahead in {p_better} of draws by G-Mean, {p_better2} by log-loss)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Better by more than chance: {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Better overall, but {forgotten} of the reference clips would be forgotten: {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Not better by more than chance: {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>There is no {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>It was measured as feature version {version}; this app measures {feature_version}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>The reference table cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>Training goes on without it; install the program again to get it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>It was champion until version {version}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>Rolled back by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>There is nothing to roll back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>No promotion has been made in this registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>Choose a version on the Models page and promote it instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>rolled back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>Tells the genre of a recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>There is no such model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>The registry holds no model called {selector}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>See the Models page, or `genre-desktop models`, for what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>The model registry could not do this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>Try again; if it happens again, restore the starter models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Full MLflow is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Its server ended with code {returncode}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>MLflow's pages cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Install it with: pip install 'genre-desktop[web]'. The Models page shows the same models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_starters.py"/>
        <source>It came with this version of the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry is busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Another Genre Desktop process is changing it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Wait until the other work has finished, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry comes from another version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>{path} could not be brought to this version ({_first_line}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Update Genre Desktop, or move the registry folder away to start with the starter models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Restore the starter models; the damaged registry is kept beside the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_sweep.py"/>
        <source>the registry was opened without its experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>The library holds other features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Its rows have {shape} columns; this version measures {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import the music again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>There is too little to learn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>The library holds {clips} clips; training needs at least {minimum_clips}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import music whose genre you know, or correct a few more answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>There is nothing to tell apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Every clip in the library is {y}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import or label music of at least one other genre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>A model could not be tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Every clip in the library belongs to {groups}, so none can be held out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import music of other artists, or sort it into folders by artist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/search.py"/>
        <source>{title}: setting {number} of {trials}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>This file could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>The helper process that read it died, and did so again at a second attempt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>The file is probably damaged in an unusual way; convert it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>Helper processes cannot run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>{_deaths_in_a_row} of them died one after the other without finishing anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>Close other programs if memory is short; the log may say more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>The file holds nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Choose a table with a header and rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It has a header but no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Choose a table with rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>There is no file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It cannot be read ({strerror}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Check that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It is not a table in text form ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Save it as CSV in UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has {cells} cells where the header has {layout}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has no label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>row {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has {nothing} for {column}, which is no finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has a length of {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>two labels ({some})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>two rows for the same stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>{name} has {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Keep one row for each stretch of a recording, told apart by start_s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Line {number} {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Correct that line or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>No column says which genre a row is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Name that column {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>None of its columns is a feature this app knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>{name} was not imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>docs/library.md lists the columns a table may have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Columns occur more than once: {some}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Give each column one name of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Nobody knows what these columns are: {some}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>{shown} and {names} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Opening the model registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Learning from {data} clips ({none}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>{outdated} clips were measured by an older version and are left out; import them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Storing the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Version {version}, {families}. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Not promoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>No model could serve, so the starter models were restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>{title}: G-Mean {gmean} at best in the search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>No other model works, so there is nothing to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Promotion was switched off for this run. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>not promoted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/training.py"/>
        <source>Measuring the best model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>The model cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} could not be rebuilt by this version of the program ({__name__}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it unpacks to more than {max_unpacked} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it contains {strange}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it asks for an outdated way of reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} is not a complete model file ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it holds {found} ({loader})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} holds something that no model of ours is made of: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>a decision tree points outside itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>No sound files in this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>{folder} holds folders, which were not searched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Nothing in {folder} has the name of a sound or video file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Add --recursive to search the folders in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Name a file itself to have it tried whatever it is called.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it did not end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it was ended by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it left with exit code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>The registry is in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>Promoted by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>Champion is version {champion}, fallback version {none}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it was not ready after {start_s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it did not stop when asked to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it gave no sign of life for {stuck_s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>This could not be analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>The process that read it ended twice: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Convert the file to WAV or FLAC and try again; the log has the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>The analysis process does not start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Starting it failed several times: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Run genre-desktop doctor, free some memory, and try again; the log has the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>{name} is already running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>Another window or command started it, and two at once would get in each other's way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>Wait until it is done, or cancel it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>There is no job “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>The jobs are {yet}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Choose one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>{name} ended unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Its process is gone: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Nothing was changed. Run it again; its log has the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>{deleted} predictions older than {days} days were deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>All predictions are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Tidying the library file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Your library file is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>SQLite reports: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Restore the file from a backup, or import your music again into a new library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/operations.py"/>
        <source>This answer could not be remembered: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>The Prometheus endpoint is not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>It needs the Python package prometheus-client.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Install it with: pip install 'genre-desktop[metrics]'</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>The Prometheus endpoint cannot start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Port {port} is taken ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Choose another port in Preferences › Monitoring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/schedule_entries.py"/>
        <source>Drift check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/schedule_entries.py"/>
        <source>Compares what you play with what the champion learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/schedule_entries.py"/>
        <source>Trains a candidate on your library and corrections; it serves only if it is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/schedule_entries.py"/>
        <source>Clears away what an interrupted training left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/schedule_entries.py"/>
        <source>Deletes what is older than you keep and tidies the library file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>{title} is already running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>Two at once would get in each other's way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>Wait until it is done, or cancel it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>the computer is plugged in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>live mode stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>{entry} is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>There is no scheduled job “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>The scheduled jobs are {join}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
