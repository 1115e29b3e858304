<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Window</name>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Tells what genre your music is. Everything happens on this computer.</source>
        <translation>Sagt, zu welchem Genre Ihre Musik gehört. Alles geschieht auf diesem Rechner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Free software under the MIT licence; its parts have licences of their own.</source>
        <translation>Freie Software unter der MIT-Lizenz; ihre Bestandteile haben eigene Lizenzen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Whose work is in this program, and under which licences</source>
        <translation>Wessen Arbeit in diesem Programm steckt, und unter welchen Lizenzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy the versions of all parts</source>
        <translation>Die Versionen aller Bestandteile kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>This program is made with the work of others. These are their licences, word by word.</source>
        <translation>Dieses Programm beruht auf der Arbeit anderer. Dies sind ihre Lizenzen im Wortlaut.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy this licence</source>
        <translation>Diese Lizenz kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>About Genre Desktop</source>
        <translation>Über Genre Desktop</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Parts</source>
        <translation>Bestandteile</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>What this program is made with</source>
        <translation>Woraus dieses Programm besteht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Reading the licences…</source>
        <translation>Die Lizenzen werden gelesen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licences…</source>
        <translation>Lizenzen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/about.py"/>
        <source>All parts</source>
        <translation>Alle Bestandteile</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Play</source>
        <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Live</source>
        <translation>&amp;Live</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Open files…</source>
        <translation>Dateien ö&amp;ffnen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Choose songs or videos to analyse</source>
        <translation>Lieder oder Videos für die Analyse wählen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Analyse everything in a folder and below</source>
        <translation>Alles in einem Ordner und darunter analysieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Watch a folder…</source>
        <translation>Ordner be&amp;obachten …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Analyse new files in a folder by themselves</source>
        <translation>Neue Dateien in einem Ordner von selbst analysieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Try the &amp;demo clip</source>
        <translation>&amp;Demo-Clip ausprobieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Analyse the short clip that comes with the program</source>
        <translation>Den kurzen Clip analysieren, der dem Programm beiliegt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Pause or resume</source>
        <translation>&amp;Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Stop reading for now, or go on</source>
        <translation>Das Lesen vorerst anhalten oder fortsetzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Cancel reading</source>
        <translation>Lesen ab&amp;brechen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Stop; answers so far stay</source>
        <translation>Aufhören; bisherige Antworten bleiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Save results…</source>
        <translation>Ergebnisse &amp;speichern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save the list as CSV or JSON</source>
        <translation>Die Liste als CSV oder JSON speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save p&amp;laylists…</source>
        <translation>&amp;Playlists speichern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save a playlist for each genre</source>
        <translation>Für jedes Genre eine Playlist speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Write genre &amp;tags…</source>
        <translation>Genre-&amp;Tags schreiben …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Write the genre into the chosen files, after a preview</source>
        <translation>Das Genre nach einer Vorschau in die gewählten Dateien schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Restore earlier tags…</source>
        <translation>&amp;Frühere Tags wiederherstellen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Put back what stood in files before their genre was written</source>
        <translation>Zurückschreiben, was vor dem Genre in den Dateien stand</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save p&amp;icture…</source>
        <translation>&amp;Bild speichern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Save spectrogram and timeline as a PNG; every plot has this in its context menu</source>
        <translation>Spektrogramm und Zeitleiste als PNG speichern; jedes Bild hat dies in seinem Kontextmenü</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Take back what was done last to labels and clips</source>
        <translation>Zurücknehmen, was zuletzt mit Genres und Clips geschah</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Do again what was taken back</source>
        <translation>Noch einmal tun, was zurückgenommen wurde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>C&amp;onfirm genre</source>
        <translation>Genre be&amp;stätigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Say that the answer is right; it becomes a training example</source>
        <translation>Sagen, dass die Antwort stimmt; sie wird ein Trainingsbeispiel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Find in list</source>
        <translation>In der Liste &amp;suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Search the list</source>
        <translation>Die Liste durchsuchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Copy details</source>
        <translation>&amp;Einzelheiten kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Copy answers or problems as text</source>
        <translation>Antworten oder Probleme als Text kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Try again</source>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Read the chosen files once more</source>
        <translation>Die gewählten Dateien noch einmal lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Remove from list</source>
        <translation>Aus der Liste &amp;entfernen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>The files themselves stay where they are</source>
        <translation>Die Dateien selbst bleiben, wo sie sind</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>C&amp;lear list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Start over with an empty list</source>
        <translation>Mit einer leeren Liste neu anfangen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Preferences…</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Everything that can be set</source>
        <translation>Alles, was sich einstellen lässt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show less time in the spectrogram</source>
        <translation>Weniger Zeit im Spektrogramm zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show more time in the spectrogram</source>
        <translation>Mehr Zeit im Spektrogramm zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show the &amp;whole song</source>
        <translation>Das ganze &amp;Lied zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Undo all zooming</source>
        <translation>Alle Vergrößerungen aufheben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Alerts</source>
        <translation>&amp;Meldungen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>What the program noticed about itself and its models</source>
        <translation>Was dem Programm an sich und seinen Modellen aufgefallen ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Jobs</source>
        <translation>Auf&amp;gaben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>What takes long: how far it is, and how it ended</source>
        <translation>Was länger dauert: wie weit es ist und wie es ausging</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Sc&amp;hedule</source>
        <translation>&amp;Zeitplan</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Jobs that run by themselves</source>
        <translation>Aufgaben, die von selbst laufen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Play or pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Hear the chosen song, or pause</source>
        <translation>Das gewählte Lied hören oder anhalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>5 seconds &amp;back</source>
        <translation>5 Sekunden &amp;zurück</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Hear the last seconds again</source>
        <translation>Die letzten Sekunden noch einmal hören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>5 seconds &amp;forward</source>
        <translation>5 Sekunden &amp;vor</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Skip some seconds</source>
        <translation>Einige Sekunden überspringen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Stop and go back to the beginning</source>
        <translation>Anhalten und an den Anfang gehen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Louder</source>
        <translation>&amp;Lauter</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Turn the volume up</source>
        <translation>Die Lautstärke erhöhen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>S&amp;ofter</source>
        <translation>L&amp;eiser</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Turn the volume down</source>
        <translation>Die Lautstärke verringern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Listen or stop</source>
        <translation>&amp;Zuhören oder aufhören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Hear what genre the room is in</source>
        <translation>Hören, welches Genre im Raum läuft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Record or stop</source>
        <translation>&amp;Aufnehmen oder beenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Keep what is heard as a file</source>
        <translation>Was zu hören ist, als Datei behalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Check the &amp;microphone…</source>
        <translation>&amp;Mikrofon prüfen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>See whether the microphone hears anything</source>
        <translation>Nachsehen, ob das Mikrofon etwas hört</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Show &amp;log…</source>
        <translation>&amp;Log zeigen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>What the program, its workers and its jobs wrote down</source>
        <translation>Was das Programm, seine Arbeitsprozesse und seine Aufgaben notiert haben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;Copy diagnostics</source>
        <translation>&amp;Diagnose kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>Versions, devices and the latest problems as text, without names of songs</source>
        <translation>Versionen, Geräte und die letzten Probleme als Text, ohne Namen von Liedern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/actions.py"/>
        <source>&amp;About Genre Desktop</source>
        <translation>&amp;Über Genre Desktop</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Mel</source>
        <translation>Mel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Inferno</source>
        <translation>Inferno</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Plasma</source>
        <translation>Plasma</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>The whole song</source>
        <translation>Das ganze Lied</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/choices.py"/>
        <source>30 s from its middle</source>
        <translation>30 s aus seiner Mitte</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Quit Genre Desktop?</source>
        <translation>Genre Desktop beenden?</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{first}, {second}</source>
        <translation>{first}, {second}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{first} and {second}</source>
        <translation>{first} und {second}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{what} is still running.</source>
        <translation>Noch in Arbeit: {what}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{what} are still running.</source>
        <translation>Noch in Arbeit: {what}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>Answers so far are kept, and reading can go on next time.</source>
        <translation>Bisherige Antworten bleiben, und das Lesen kann beim nächsten Mal weitergehen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>A job that is stopped leaves nothing half done; it can be started again.</source>
        <translation>Eine abgebrochene Aufgabe hinterlässt nichts Halbfertiges; sie lässt sich neu starten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>one file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/dialogs.py"/>
        <source>{n} files</source>
        <translation>{n} Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One file of it was answered and is kept.</source>
        <translation>Für eine Datei daraus gibt es schon eine Antwort; sie ist aufgehoben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} files of it were answered and are kept.</source>
        <translation>Für {n} Dateien daraus gibt es schon Antworten; sie sind aufgehoben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One file carries its genre now</source>
        <translation>Eine Datei trägt jetzt ihr Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} files carry their genre now</source>
        <translation>{n} Dateien tragen jetzt ihr Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Reading was interrupted</source>
        <translation>Das Lesen wurde unterbrochen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>These files are as they were.</source>
        <translation>Diese Dateien sind, wie sie waren.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One playlist was saved</source>
        <translation>Eine Playlist wurde gespeichert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} playlists were saved</source>
        <translation>{n} Playlists wurden gespeichert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Watch a folder</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>A new file in a watched folder</source>
        <translation>Eine neue Datei in einem beobachteten Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} new files in watched folders</source>
        <translation>{n} neue Dateien in beobachteten Ordnern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Stopped; what was done so far stays</source>
        <translation>Angehalten; was bis hierher getan ist, bleibt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One file has its genre back</source>
        <translation>Eine Datei hat ihr Genre wieder</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} files have their genre back</source>
        <translation>{n} Dateien haben ihr Genre wieder</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>There is no answer to write</source>
        <translation>Es gibt keine Antwort zu schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>None of these files has a genre yet.</source>
        <translation>Noch hat keine dieser Dateien ein Genre.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Wait until they are read, or choose others.</source>
        <translation>Warten Sie, bis sie gelesen sind, oder wählen Sie andere.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Reading “{name}” was interrupted</source>
        <translation>Das Lesen von „{name}“ wurde unterbrochen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Go on reading</source>
        <translation>Weiterlesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>genre tag of one file</source>
        <translation>Genre-Tag einer Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>genre tags of {n} files</source>
        <translation>Genre-Tags von {n} Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>New files in it and below are analysed by themselves while the window is open.</source>
        <translation>Neue Dateien darin und darunter werden von selbst analysiert, solange das Fenster offen ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>“{name}” is watched</source>
        <translation>„{name}“ wird beobachtet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>A watched folder is back</source>
        <translation>Ein beobachteter Ordner ist wieder da</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One said so already.</source>
        <translation>In einer stand es schon.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} said so already.</source>
        <translation>In {n} stand es schon.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One file was left out.</source>
        <translation>Eine Datei wurde ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} files were left out.</source>
        <translation>{n} Dateien wurden ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>What stood there before is kept: File › Restore earlier tags.</source>
        <translation>Was vorher dort stand, ist aufgehoben: Datei › Frühere Tags wiederherstellen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>One file of the list was not read.</source>
        <translation>Eine Datei der Liste wurde nicht gelesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{n} files of the list were not read.</source>
        <translation>{n} Dateien der Liste wurden nicht gelesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Being analysed…</source>
        <translation>Wird analysiert …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>A watched folder is not there</source>
        <translation>Ein beobachteter Ordner ist nicht da</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>{folder} was moved or deleted, or its disk is not connected.</source>
        <translation>{folder} wurde verschoben oder gelöscht, oder das Laufwerk ist nicht verbunden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>When it is back, the watch goes on by itself.</source>
        <translation>Wenn er wieder da ist, geht das Beobachten von selbst weiter.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Show why</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Files that were left out</source>
        <translation>Ausgelassene Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Analyse what is in it now</source>
        <translation>Analysieren, was jetzt darin ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/file_desk.py"/>
        <source>Watched folders…</source>
        <translation>Beobachtete Ordner …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>This is all that “Copy diagnostics” copies.</source>
        <translation>Das ist alles, was „Diagnose kopieren“ kopiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>This takes a moment.</source>
        <translation>Das dauert einen Moment.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>Gathering diagnostics…</source>
        <translation>Die Diagnose wird zusammengestellt …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>Paste them where you ask for help. No names of songs or people are in them.</source>
        <translation>Fügen Sie sie ein, wo Sie um Hilfe bitten. Namen von Liedern oder Personen stehen nicht darin.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>Diagnostics were copied</source>
        <translation>Die Diagnose wurde kopiert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>Show what was copied</source>
        <translation>Zeigen, was kopiert wurde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/helper.py"/>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Workers</source>
        <translation>Arbeitsprozesse</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Errors only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Show the folder with all logs</source>
        <translation>Den Ordner mit allen Logs zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>One entry</source>
        <translation>Ein Eintrag</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>{n} entries</source>
        <translation>{n} Einträge</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Follow</source>
        <translation>Mitlaufen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>What was logged</source>
        <translation>Was notiert wurde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Log file</source>
        <translation>Logdatei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Who wrote it</source>
        <translation>Wer es schrieb</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>How serious</source>
        <translation>Wie ernst</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Show only what is so serious or more</source>
        <translation>Nur zeigen, was so ernst oder ernster ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Search the log</source>
        <translation>Log durchsuchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Only records with these words stay</source>
        <translation>Nur Einträge mit diesen Wörtern bleiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Keep the newest lines in sight</source>
        <translation>Die neuesten Zeilen im Blick behalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Job {name} {when}</source>
        <translation>Aufgabe {name} {when}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Copy the lines that are shown</source>
        <translation>Die gezeigten Zeilen kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>Nothing has been logged here.</source>
        <translation>Hier wurde nichts notiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/log_window.py"/>
        <source>This log is no longer kept.</source>
        <translation>Dieses Log ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>The fallback model answers for now</source>
        <translation>Vorerst antwortet das Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>No model can answer</source>
        <translation>Kein Modell kann antworten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/lookout.py"/>
        <source>No web browser could be started</source>
        <translation>Es ließ sich kein Webbrowser starten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>The analysis process had to be restarted</source>
        <translation>Der Analyseprozess musste neu gestartet werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Only files on this computer can be read</source>
        <translation>Nur Dateien auf diesem Rechner können gelesen werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>What was dropped is an address on the internet; this program never goes online.</source>
        <translation>Was Sie abgelegt haben, ist eine Adresse im Internet; dieses Programm geht nie ins Netz.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Save the file first, then drop it here.</source>
        <translation>Speichern Sie die Datei zuerst und legen Sie sie dann hier ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Save results</source>
        <translation>Ergebnisse speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>The picture was saved</source>
        <translation>Das Bild wurde gespeichert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>The results were saved</source>
        <translation>Die Ergebnisse wurden gespeichert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Starting…</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Col&amp;umns</source>
        <translation>Spa&amp;lten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>A new one was started and the file is tried once more.</source>
        <translation>Ein neuer wurde gestartet, und die Datei wird noch einmal versucht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Sound and video</source>
        <translation>Ton und Video</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Spreadsheet</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/main_window.py"/>
        <source>Analysis ready</source>
        <translation>Analyse bereit</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Nothing is recorded; only the level is measured.</source>
        <translation>Es wird nichts aufgenommen, nur der Pegel gemessen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Microphone check</source>
        <translation>Mikrofonprüfung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/mic_check.py"/>
        <source>Listen again</source>
        <translation>Noch einmal zuhören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Analyse</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/__init__.py"/>
        <source>Monitor</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>removal of one file from the list</source>
        <translation>Entfernen einer Datei aus der Liste</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>removal of {n} files from the list</source>
        <translation>Entfernen von {n} Dateien aus der Liste</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>label of one file</source>
        <translation>Genre einer Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>labels of {n} files</source>
        <translation>Genres von {n} Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>One file</source>
        <translation>Eine Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>This clip cannot be played</source>
        <translation>Dieser Clip lässt sich nicht abspielen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>{name} was moved or deleted since, or was never a file but a row of a table.</source>
        <translation>{name} wurde inzwischen verschoben oder gelöscht, oder war nie eine Datei, sondern eine Zeile einer Tabelle.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>Its measurements stay in your library.</source>
        <translation>Seine Messwerte bleiben in Ihrer Bibliothek.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>Chosen files</source>
        <translation>Gewählte Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/analyse.py"/>
        <source>Nothing in the list fits the search and the filters.</source>
        <translation>Nichts in der Liste passt zur Suche und zu den Filtern.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Genre of the chosen clip</source>
        <translation>Genre des gewählten Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Genre of {n} chosen clips</source>
        <translation>Genre von {n} gewählten Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Features that were measured elsewhere, with a label column</source>
        <translation>Merkmale, die anderswo gemessen wurden, mit einer Spalte für das Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>A folder that holds one folder for each genre</source>
        <translation>Ein Ordner, der für jedes Genre einen Ordner enthält</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Train a model on what is in the library</source>
        <translation>Ein Modell mit dem trainieren, was in der Bibliothek ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Take them out of the library; the files stay (Del)</source>
        <translation>Aus der Bibliothek nehmen; die Dateien bleiben (Entf)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>No correction waits for a retrain.</source>
        <translation>Keine Korrektur wartet auf ein neues Training.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One correction waits for a retrain.</source>
        <translation>Eine Korrektur wartet auf ein neues Training.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} corrections wait for a retrain.</source>
        <translation>{n} Korrekturen warten auf ein neues Training.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One clip</source>
        <translation>Ein Clip</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} clips</source>
        <translation>{n} Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>one genre</source>
        <translation>ein Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} genres</source>
        <translation>{n} Genres</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Clips per genre</source>
        <translation>Clips je Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a folder with one folder for each genre</source>
        <translation>Einen Ordner mit je einem Ordner pro Genre importieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a table of features</source>
        <translation>Eine Tabelle mit Merkmalen importieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Change genre</source>
        <translation>Genre ändern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>genre of clips</source>
        <translation>Genre von Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>removal of clips</source>
        <translation>Entfernen von Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import table…</source>
        <translation>Tabelle importieren …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import folder…</source>
        <translation>Ordner importieren …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Files left out</source>
        <translation>Ausgelassene Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Teach it your own genres</source>
        <translation>Bringen Sie ihm Ihre eigenen Genres bei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Import a folder that holds one folder for each genre, called whatever you like. Or correct answers on the Analyse page: every correction is an example too. Your files are only read, never changed or copied.</source>
        <translation>Importieren Sie einen Ordner, der für jedes Genre einen Ordner enthält, benannt, wie Sie möchten. Oder korrigieren Sie Antworten auf der Seite Analyse: Auch jede Korrektur ist ein Beispiel. Ihre Dateien werden nur gelesen, nie verändert oder kopiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Retrain…</source>
        <translation>Neu trainieren …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Search clips</source>
        <translation>Clips suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Words in file names, genres and artists</source>
        <translation>Wörter in Dateinamen, Genres und Interpreten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Change genre…</source>
        <translation>Genre ändern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Give them another genre (F2)</source>
        <translation>Ihnen ein anderes Genre geben (F2)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>One file needs a look</source>
        <translation>Eine Datei sollten Sie sich ansehen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>{n} files need a look</source>
        <translation>{n} Dateien sollten Sie sich ansehen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/library.py"/>
        <source>Close this list</source>
        <translation>Diese Liste schließen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>one window waits</source>
        <translation>ein Fenster wartet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} windows wait</source>
        <translation>{n} Fenster warten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Listen</source>
        <translation>Zuhören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Freeze</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Let the picture stand; listening goes on</source>
        <translation>Das Bild stehen lassen; zugehört wird weiter</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Input device</source>
        <translation>Eingabegerät</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>What to listen to; the choice is remembered</source>
        <translation>Was gehört wird; die Wahl wird gemerkt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>The last two minutes</source>
        <translation>Die letzten zwei Minuten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>System default</source>
        <translation>Standardgerät des Systems</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>one channel</source>
        <translation>ein Kanal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} channels</source>
        <translation>{n} Kanäle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>one dropout</source>
        <translation>ein Aussetzer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} dropouts</source>
        <translation>{n} Aussetzer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{name} ({time}) was saved and is in the list of results.</source>
        <translation>{name} ({time}) wurde gespeichert und steht in der Liste der Ergebnisse.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Rescan</source>
        <translation>Neu suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Look for devices again</source>
        <translation>Noch einmal nach Geräten suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Input level</source>
        <translation>Eingangspegel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source> (default)</source>
        <translation> (Standard)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{name} (not there)</source>
        <translation>{name} (nicht da)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop recording  {time}</source>
        <translation>Aufnahme beenden  {time}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>{n} dropped</source>
        <translation>{n} verworfen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop</source>
        <translation>Aufhören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/live.py"/>
        <source>Unfreeze</source>
        <translation>Weiterlaufen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Serves as</source>
        <translation>Dient als</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>G-Mean</source>
        <translation>G-Mean</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Accuracy</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>One version</source>
        <translation>Eine Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>{n} versions</source>
        <translation>{n} Versionen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>MLflow’s own pages, on this computer only</source>
        <translation>Die Seiten von MLflow selbst, nur auf diesem Rechner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Let the models that came with the program serve again</source>
        <translation>Die mitgelieferten Modelle wieder antworten lassen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Let this version answer; the champion of now becomes fallback</source>
        <translation>Diese Version antworten lassen; der jetzige Champion wird Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Asking the registry</source>
        <translation>Das Modellregister wird gefragt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Open MLflow</source>
        <translation>MLflow öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Undo the last promotion</source>
        <translation>Den letzten Wechsel des Champions zurücknehmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Train on your library</source>
        <translation>Mit Ihrer Bibliothek trainieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Choose one for details, two to compare</source>
        <translation>Wählen Sie eine für Einzelheiten, zwei zum Vergleich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Column headings</source>
        <translation>Spaltenköpfe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Promote</source>
        <translation>Zum Champion machen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Open run folder</source>
        <translation>Ordner des Laufs öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Its plots and files</source>
        <translation>Seine Bilder und Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>version {version} serves</source>
        <translation>Version {version} antwortet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/models.py"/>
        <source>Asking the registry…</source>
        <translation>Das Modellregister wird gefragt …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Alerts</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Every remembered answer, correction, imported clip, drift check, alert and job log is deleted for good. Models, settings and recordings stay.</source>
        <translation>Jede gemerkte Antwort, Korrektur, Driftprüfung und Meldung, jeder importierte Clip und jedes Aufgabenlog wird endgültig gelöscht. Modelle, Einstellungen und Aufnahmen bleiben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>What the figures are about</source>
        <translation>Worum es in den Zahlen geht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Forget everything</source>
        <translation>Alles vergessen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Alerts ({n})</source>
        <translation>Meldungen ({n})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>The store is empty, and its file was cleaned.</source>
        <translation>Der Datenbestand ist leer, und seine Datei wurde bereinigt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/pages/monitor.py"/>
        <source>Everything is forgotten</source>
        <translation>Alles ist vergessen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>One playlist (M3U8) for each genre, in the order of the list. Corrected genres count.</source>
        <translation>Eine Playlist (M3U8) für jedes Genre, in der Reihenfolge der Liste. Korrigierte Genres zählen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Save playlists</source>
        <translation>Playlists speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Folder for the playlists</source>
        <translation>Ordner für die Playlists</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Playlists that lie there under the same names are replaced</source>
        <translation>Playlists, die dort unter denselben Namen liegen, werden ersetzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Songs with answers of at least</source>
        <translation>Lieder mit Antworten ab</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Your own word always counts</source>
        <translation>Ihr eigenes Wort zählt immer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>one song</source>
        <translation>ein Lied</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>{n} songs</source>
        <translation>{n} Lieder</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>{songs}, replaces the one that is there</source>
        <translation>{songs}, ersetzt die vorhandene</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>Choose a folder that is there.</source>
        <translation>Wählen Sie einen Ordner, den es gibt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>One song is not sure enough.</source>
        <translation>Ein Lied ist nicht sicher genug.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>{n} songs are not sure enough.</source>
        <translation>{n} Lieder sind nicht sicher genug.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>One file has a name that no playlist can hold.</source>
        <translation>Eine Datei hat einen Namen, den keine Playlist aufnehmen kann.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/playlist_dialog.py"/>
        <source>{n} files have names that no playlist can hold.</source>
        <translation>{n} Dateien haben Namen, die keine Playlist aufnehmen kann.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/controls.py"/>
        <source>day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/controls.py"/>
        <source>clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/controls.py"/>
        <source>prediction</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/controls.py"/>
        <source>correction</source>
        <translation>Korrektur</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>No setting is called that.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Shows settings of every topic that have these words</source>
        <translation>Zeigt Einstellungen aller Themen, in denen diese Wörter vorkommen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Every setting of this page has its default again.</source>
        <translation>Jede Einstellung dieser Seite hat wieder ihren Vorgabewert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Reset</source>
        <translation>Zurückgesetzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>The file of settings holds values that this version does not take: {names}. They have their defaults.</source>
        <translation>Die Datei der Einstellungen enthält Werte, die diese Version nicht annimmt: {names}. Für sie gelten die Vorgaben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>“{title}” is used from the next start on.</source>
        <translation>„{title}“ gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Some settings were left out</source>
        <translation>Einige Einstellungen wurden ausgelassen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/dialog.py"/>
        <source>This could not be saved</source>
        <translation>Das ließ sich nicht speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Reset this page</source>
        <translation>Diese Seite zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Reset this page: {page}</source>
        <translation>Diese Seite zurücksetzen: {page}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Press the keys the chosen action shall have</source>
        <translation>Drücken Sie die Tasten, die die gewählte Aktion bekommen soll</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Keys for “{action}” (default: {keys})</source>
        <translation>Tasten für „{action}“ (Vorgabe: {keys})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Choose an action, then press the keys it shall have.</source>
        <translation>Wählen Sie eine Aktion und drücken Sie dann die Tasten, die sie bekommen soll.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Press keys</source>
        <translation>Tasten drücken</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>{keys} (changed)</source>
        <translation>{keys} (geändert)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>{keys} cannot be used</source>
        <translation>{keys} kann nicht verwendet werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>{keys} is taken</source>
        <translation>{keys} ist vergeben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>“{action}” has it already.</source>
        <translation>„{action}“ hat sie bereits.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/keyboard.py"/>
        <source>Use it here instead</source>
        <translation>Stattdessen hier verwenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/section.py"/>
        <source>Used from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/special.py"/>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/preferences/special.py"/>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/remedies.py"/>
        <source>Show schedule</source>
        <translation>Zeitplan zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/save_picture.py"/>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/save_picture.py"/>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/save_picture.py"/>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/second_start.py"/>
        <source>Open another window</source>
        <translation>Weiteres Fenster öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/second_start.py"/>
        <source>Do not wait</source>
        <translation>Nicht warten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/second_start.py"/>
        <source>Genre Desktop is already running but does not answer.</source>
        <translation>Genre Desktop läuft bereits, antwortet aber nicht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/second_start.py"/>
        <source>Its window may be very busy, or hang. As soon as it answers, it comes forward with your files; should it end, a new one opens. You can also open a second window now: both work with the same answers, models and settings.</source>
        <translation>Das Fenster ist vielleicht sehr beschäftigt oder hängt. Sobald es antwortet, kommt es mit Ihren Dateien nach vorn; endet es, so öffnet sich ein neues. Sie können auch jetzt ein zweites Fenster öffnen: Beide arbeiten mit denselben Antworten, Modellen und Einstellungen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/shortcuts.py"/>
        <source>Single letters and digits choose genres.</source>
        <translation>Einzelne Buchstaben und Ziffern wählen Genres.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>and one more file</source>
        <translation>und noch eine Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>and {n} more files</source>
        <translation>und {n} weitere Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Only the genre in the ticked files’ tags changes, not a bit of the sound. What stands there now is kept, and can be put back today or later.</source>
        <translation>Nur das Genre in den Tags der angekreuzten Dateien ändert sich, am Klang kein Bit. Was jetzt dort steht, wird aufgehoben und lässt sich heute oder später zurückschreiben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>{n} of {total} files are ticked.</source>
        <translation>{n} von {total} Dateien sind angekreuzt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>The genres that stood in the files before come back; what was changed since then stays.</source>
        <translation>Die Genres, die vorher in den Dateien standen, kommen zurück; was seither geändert wurde, bleibt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Write genre tags</source>
        <translation>Genre-Tags schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Also replace genres that are there already</source>
        <translation>Auch Genres ersetzen, die schon dort stehen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Tick answers of at least</source>
        <translation>Antworten ankreuzen ab</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Your own word is always ticked</source>
        <translation>Ihr eigenes Wort ist immer angekreuzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Reading the tags: {n} of {total}.</source>
        <translation>Die Tags werden gelesen: {n} von {total}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Write one file</source>
        <translation>Eine Datei schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Write {n} files</source>
        <translation>{n} Dateien schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Restore earlier tags</source>
        <translation>Frühere Tags wiederherstellen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Earlier writes</source>
        <translation>Früheres Schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Put back</source>
        <translation>Zurückschreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/tag_dialog.py"/>
        <source>Nothing was written into files yet.</source>
        <translation>Noch wurde nichts in Dateien geschrieben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{rate} files a minute</source>
        <translation>{rate} Dateien pro Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one hour left</source>
        <translation>noch etwa eine Stunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} hours left</source>
        <translation>noch etwa {n} Stunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>One file read</source>
        <translation>Eine Datei gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{n} files read</source>
        <translation>{n} Dateien gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Looking for files…</source>
        <translation>Dateien werden gesucht …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{done} of {found} read</source>
        <translation>{done} von {found} gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{rate} files a second</source>
        <translation>{rate} Dateien pro Sekunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one second left</source>
        <translation>noch etwa eine Sekunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} seconds left</source>
        <translation>noch etwa {n} Sekunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about one minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>about {n} minutes left</source>
        <translation>noch etwa {n} Minuten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Stop reading for now</source>
        <translation>Das Lesen vorerst anhalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>one problem</source>
        <translation>ein Problem</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{n} problems</source>
        <translation>{n} Probleme</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Drop files anywhere to begin</source>
        <translation>Legen Sie irgendwo Dateien ab, um anzufangen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>One file from last time</source>
        <translation>Eine Datei vom letzten Mal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>{n} files from last time</source>
        <translation>{n} Dateien vom letzten Mal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/activity_bar.py"/>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>For one hour</source>
        <translation>Für eine Stunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Until tomorrow</source>
        <translation>Bis morgen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>For a week</source>
        <translation>Für eine Woche</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>When your music drifts away from what the model learned, a model breaks or a job fails, it is said here: what happened, what the program did, and what you can do.</source>
        <translation>Wenn Ihre Musik sich von dem entfernt, was das Modell gelernt hat, ein Modell kaputtgeht oder eine Aufgabe scheitert, steht es hier: was geschehen ist, was das Programm getan hat und was Sie tun können.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Return marks the alert as read</source>
        <translation>Eingabe markiert die Meldung als gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Mark all as read</source>
        <translation>Alle als gelesen markieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Snooze</source>
        <translation>Später erinnern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Be quiet about it for a while</source>
        <translation>Eine Weile nichts davon sagen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>{n} times</source>
        <translation>{n}-mal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>over since {when}</source>
        <translation>vorbei seit {when}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>No alerts</source>
        <translation>Keine Meldungen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>One unread</source>
        <translation>Eine ungelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>{n} unread</source>
        <translation>{n} ungelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>Nothing unread</source>
        <translation>Nichts ungelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What the app did</source>
        <translation>Was das Programm getan hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>What you can do</source>
        <translation>Was Sie tun können</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/alert_centre.py"/>
        <source>quiet until {when}</source>
        <translation>still bis {when}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>{percent} sure</source>
        <translation>{percent} sicher</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>Answered by {alias}, because {reason}</source>
        <translation>Antwort von {alias}, weil: {reason}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>Unusual for this model: it learned from few sounds like this one, so trust the answer less.</source>
        <translation>Ungewöhnlich für dieses Modell: Es hat von wenigen Klängen wie diesem gelernt; trauen Sie der Antwort weniger.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>How likely every genre is, and whether the answer is right</source>
        <translation>Wie wahrscheinlich jedes Genre ist, und ob die Antwort stimmt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>What spoke for the genre and what against it</source>
        <translation>Was für das Genre sprach und was dagegen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>The clips that sound most like this song</source>
        <translation>Die Clips, die am meisten wie dieses Lied klingen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/answer_view.py"/>
        <source>{words}: more a guess than an answer</source>
        <translation>{words}: eher geraten als gewusst</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>one unread</source>
        <translation>eine ungelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>none unread</source>
        <translation>keine ungelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>Alerts, {words}</source>
        <translation>Meldungen, {words}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/bell.py"/>
        <source>Show alerts: {words}</source>
        <translation>Meldungen zeigen: {words}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Imported sound</source>
        <translation>Importierter Ton</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Imported table</source>
        <translation>Importierte Tabelle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Your word</source>
        <translation>Ihr Wort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>On its own</source>
        <translation>Für sich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Artist, album or folder</source>
        <translation>Interpret, Album oder Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Source</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Training examples</source>
        <translation>Trainingsbeispiele</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/clips_table.py"/>
        <source>Click to sort</source>
        <translation>Klicken zum Sortieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/confusion.py"/>
        <source>Confusion matrix: truth down, answers across</source>
        <translation>Verwechslungen: Wahrheit nach unten, Antworten nach rechts</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Is this right?</source>
        <translation>Stimmt das?</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The {n} chosen files are</source>
        <translation>Die {n} gewählten Dateien sind</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Say nothing about this file</source>
        <translation>Nichts über diese Datei sagen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Confirm genre</source>
        <translation>Genre bestätigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The answer is right (Return)</source>
        <translation>Die Antwort stimmt (Eingabe)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Another genre of your own…</source>
        <translation>Ein anderes, eigenes Genre …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Own genre</source>
        <translation>Eigenes Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Type any genre and press Return</source>
        <translation>Beliebiges Genre tippen und Eingabe drücken</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>It is {genre} ({key})</source>
        <translation>Es ist {genre} ({key})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>It is {genre}</source>
        <translation>Es ist {genre}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The answer is right ({key} or Return)</source>
        <translation>Die Antwort stimmt ({key} oder Eingabe)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>You said {genre}</source>
        <translation>Sie sagten {genre}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>You confirmed it</source>
        <translation>Sie haben es bestätigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>The next retraining learns it.</source>
        <translation>Das nächste Training lernt es.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/correction_panel.py"/>
        <source>Yes  {key}</source>
        <translation>Ja  {key}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>champion</source>
        <translation>Champion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>fallback</source>
        <translation>Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>{n} checks, {drifted} with drift. The last, {time}: {share} of the features differ, {limit} is the limit.</source>
        <translation>{n} Prüfungen, {drifted} mit Drift. Die letzte, {time}: {share} der Merkmale weichen ab, {limit} ist die Grenze.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>No drift check yet.</source>
        <translation>Noch keine Driftprüfung.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>no drift</source>
        <translation>keine Drift</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>Drift over time</source>
        <translation>Drift im Lauf der Zeit</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drift_plot.py"/>
        <source>Switches: {moves}.</source>
        <translation>Wechsel: {moves}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>One file or folder</source>
        <translation>Eine Datei oder ein Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>{n} files or folders</source>
        <translation>{n} Dateien oder Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>Drop target</source>
        <translation>Ablagefläche</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/drop_overlay.py"/>
        <source>Drop to find out what it is</source>
        <translation>Ablegen, um zu erfahren, was es ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Drop</source>
        <translation>Ablegen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Songs, albums, whole folders, even videos.</source>
        <translation>Lieder, Alben, ganze Ordner, sogar Videos.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Wait a moment</source>
        <translation>Kurz warten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Each song is read in windows, so you see where its genre changes.</source>
        <translation>Jedes Lied wird in Fenstern gelesen; so sehen Sie, wo sich sein Genre ändert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Know</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Its genre, how sure that is, and what else it might be.</source>
        <translation>Sein Genre, wie sicher das ist und was es sonst sein könnte.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>WAV, MP3, FLAC, M4A, OGG, Opus and the sound of videos; single songs or whole folders.</source>
        <translation>WAV, MP3, FLAC, M4A, OGG, Opus und der Ton von Videos; einzelne Lieder oder ganze Ordner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>No file at hand? Listen to the room:</source>
        <translation>Keine Datei zur Hand? Hören Sie in den Raum:</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/empty_state.py"/>
        <source>Drop music here</source>
        <translation>Musik hier ablegen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Worth a look</source>
        <translation>Sehenswert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Not read yet</source>
        <translation>Noch nicht gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Genre filter</source>
        <translation>Genrefilter</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Show one genre only</source>
        <translation>Nur ein Genre zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Status filter</source>
        <translation>Zustandsfilter</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Show files in one state only</source>
        <translation>Nur Dateien in einem Zustand zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>All genres</source>
        <translation>Alle Genres</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Search files and genres</source>
        <translation>Dateien und Genres suchen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/filter_bar.py"/>
        <source>Words in file names, folders and genres</source>
        <translation>Wörter in Dateinamen, Ordnern und Genres</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Show log</source>
        <translation>Log zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Progress of the job</source>
        <translation>Fortschritt der Aufgabe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Log of the job</source>
        <translation>Log der Aufgabe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Hide log</source>
        <translation>Log verbergen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_card.py"/>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>{moment} · took {time}</source>
        <translation>{moment} · dauerte {time}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Done, with problems</source>
        <translation>Fertig, mit Problemen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Progress: {job}</source>
        <translation>Fortschritt: {job}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Nothing has run yet. What takes long is listed here.</source>
        <translation>Noch ist nichts gelaufen. Was länger dauert, steht hier.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Close the list of jobs</source>
        <translation>Die Liste der Aufgaben schließen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Jobs, the newest first</source>
        <translation>Aufgaben, die neueste zuerst</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_drawer.py"/>
        <source>Show problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Jobs under way</source>
        <translation>Laufende Aufgaben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>Cancel this job</source>
        <translation>Diese Aufgabe abbrechen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>one more</source>
        <translation>eine weitere</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/job_strip.py"/>
        <source>{n} more</source>
        <translation>{n} weitere</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>{rms} dBFS, peak {peak} dBFS</source>
        <translation>{rms} dBFS, Spitze {peak} dBFS</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>Loudness (bar) and held peak (line) in dBFS; 0 is the loudest a device can send.</source>
        <translation>Lautheit (Balken) und gehaltene Spitze (Strich) in dBFS; 0 ist das Lauteste, was ein Gerät senden kann.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/level_meter.py"/>
        <source>, clipping</source>
        <translation>, übersteuert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>The first answer comes after three seconds of music.</source>
        <translation>Die erste Antwort kommt nach drei Sekunden Musik.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>tentative, the window still fills</source>
        <translation>vorläufig, das Fenster füllt sich noch</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>steady</source>
        <translation>beständig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>settling</source>
        <translation>pendelt sich ein</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>What is heard</source>
        <translation>Was zu hören ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Not listening</source>
        <translation>Hört nicht zu</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Press Listen to hear what genre the room is in.</source>
        <translation>Drücken Sie Zuhören, um zu erfahren, welches Genre im Raum läuft.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Listening…</source>
        <translation>Hört zu …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>Somebody speaks; a genre comes with music.</source>
        <translation>Jemand spricht; ein Genre kommt mit der Musik.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_card.py"/>
        <source>It is quiet.</source>
        <translation>Es ist still.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>Live spectrogram</source>
        <translation>Live-Spektrogramm</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>seconds from now</source>
        <translation>Sekunden ab jetzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/live_spectrogram.py"/>
        <source>{s} s ago</source>
        <translation>vor {s} s</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/log_view.py"/>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/log_view.py"/>
        <source>The job said nothing.</source>
        <translation>Die Aufgabe hat nichts gesagt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Model details</source>
        <translation>Einzelheiten des Modells</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Choose a version to see its figures, or two to compare them.</source>
        <translation>Wählen Sie eine Version, um ihre Zahlen zu sehen, oder zwei, um sie zu vergleichen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>These figures were measured on different clips, so they do not say which model is better. A promotion measures both on the same clips.</source>
        <translation>Diese Zahlen wurden an verschiedenen Clips gemessen; sie sagen daher nicht, welches Modell besser ist. Vor einem Wechsel des Champions werden beide an denselben Clips gemessen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Stands in reserve</source>
        <translation>Steht in Reserve</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>No figures per genre were kept with this version.</source>
        <translation>Mit dieser Version wurden keine Zahlen je Genre aufgehoben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Clips trained on</source>
        <translation>Trainiert mit Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Recall per genre</source>
        <translation>Wiedererkannt je Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Taken for what (truth down, answer across)</source>
        <translation>Wofür gehalten (Wahrheit nach unten, Antwort nach rechts)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>No version chosen</source>
        <translation>Keine Version gewählt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>Found of each genre (recall)</source>
        <translation>Von jedem Genre erkannt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/model_details.py"/>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/nav_rail.py"/>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/notice.py"/>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Number that differs most in it: {feature}.</source>
        <translation>Am meisten weicht darin die Zahl {feature} ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>No drift check in this period. Each becomes a point here.</source>
        <translation>In diesem Zeitraum gab es keine Driftprüfung. Jede wird hier ein Punkt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Files and live windows that got an answer in this period</source>
        <translation>Dateien und Live-Fenster, die in diesem Zeitraum eine Antwort bekamen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Time to answer</source>
        <translation>Zeit bis zur Antwort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Half of all answers were faster; below: 95 % and 99 % were faster</source>
        <translation>Die Hälfte aller Antworten kam schneller; darunter: 95 % und 99 % kamen schneller</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Share of the answers you judged that you corrected</source>
        <translation>Anteil der von Ihnen beurteilten Antworten, die Sie korrigiert haben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Without answer</source>
        <translation>Ohne Antwort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Files that could not be read or classified in this period</source>
        <translation>Dateien, die in diesem Zeitraum nicht gelesen oder eingeordnet werden konnten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How often the analysis process had to be restarted, ever</source>
        <translation>Wie oft der Analyseprozess insgesamt neu gestartet werden musste</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Of the program and all its processes, now</source>
        <translation>Des Programms und aller seiner Prozesse, jetzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>95 %: {p95}
99 %: {p99}</source>
        <translation>95 %: {p95}
99 %: {p99}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>One answer below 40 %</source>
        <translation>Eine Antwort unter 40 %</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} answers below 40 %</source>
        <translation>{n} Antworten unter 40 %</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>differs</source>
        <translation>weicht ab</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{words} · distance {distance}</source>
        <translation>{words} · Abstand {distance}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Share of the features that differ from what the champion learned from. Above the dashed line it is a drift.</source>
        <translation>Anteil der Merkmale, die von dem abweichen, was der Champion gelernt hat. Über der gestrichelten Linie ist es eine Drift.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>What differs most</source>
        <translation>Was am meisten abweicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How the answers of this period are spread.</source>
        <translation>Wie sich die Antworten dieses Zeitraums verteilen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>How sure the answers were: many near 100 % is good.</source>
        <translation>Wie sicher die Antworten waren: Viele nahe 100 % sind gut.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Forget everything…</source>
        <translation>Alles vergessen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Delete everything the program remembers</source>
        <translation>Alles löschen, was das Programm sich gemerkt hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>What is remembered</source>
        <translation>Was gemerkt ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Everything stays on this computer. How long, you say in the preferences.</source>
        <translation>Alles bleibt auf diesem Rechner. Wie lange, bestimmen Sie in den Einstellungen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Last check {ago}: {clips} clips. Bars: what you played. Dashed line: what the champion learned from, in your mix of genres.</source>
        <translation>Letzte Prüfung {ago}: {clips} Clips. Balken: was Sie abgespielt haben. Gestrichelte Linie: was der Champion gelernt hat, in Ihrer Mischung von Genres.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Models, settings and recordings are files of their own.</source>
        <translation>Modelle, Einstellungen und Aufnahmen sind eigene Dateien.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>one by the fallback</source>
        <translation>eine vom Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} by the fallback</source>
        <translation>{n} vom Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{corrected} of {judged} judged</source>
        <translation>{corrected} von {judged} beurteilten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>none judged yet</source>
        <translation>noch keine beurteilt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{share} of {n} files</source>
        <translation>{share} von {n} Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>After the first drift check, the features that differ most stand here beside what the champion learned from.</source>
        <translation>Nach der ersten Driftprüfung stehen hier die Merkmale, die am meisten abweichen, neben dem, was der Champion gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Bars: what you played. Dashed line: what the champion learned from.</source>
        <translation>Balken: was Sie abgespielt haben. Gestrichelte Linie: was der Champion gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Analyse some music, and its genres stand here.</source>
        <translation>Analysieren Sie etwas Musik, dann stehen hier ihre Genres.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Analyse some music, and you see how sure the answers were.</source>
        <translation>Analysieren Sie etwas Musik, dann sehen Sie, wie sicher die Antworten waren.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>Then: {features}.</source>
        <translation>Danach: {features}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>It runs by itself {trigger}.</source>
        <translation>Sie läuft von selbst {trigger}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>One answer is remembered.</source>
        <translation>Eine Antwort ist gemerkt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/overview.py"/>
        <source>{n} answers are remembered.</source>
        <translation>{n} Antworten sind gemerkt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/reason_list.py"/>
        <source>Working out why…</source>
        <translation>Die Gründe werden ermittelt …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/reason_list.py"/>
        <source>Spoke for {genre}</source>
        <translation>Sprach für {genre}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/reason_list.py"/>
        <source>Spoke against it</source>
        <translation>Sprach dagegen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/reason_list.py"/>
        <source>× and ÷ say how much each makes the genre likelier or less likely than the average genre.</source>
        <translation>× und ÷ sagen, um wie viel jedes das Genre wahrscheinlicher oder unwahrscheinlicher macht als das durchschnittliche Genre.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/reason_list.py"/>
        <source>Nothing worth telling.</source>
        <translation>Nichts Erwähnenswertes.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>No file chosen</source>
        <translation>Keine Datei gewählt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>Choose a row to see its answer and its spectrogram.</source>
        <translation>Wählen Sie eine Zeile, um ihre Antwort und ihr Spektrogramm zu sehen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/result_card.py"/>
        <source>How much of the file is read</source>
        <translation>Wie viel von der Datei gelesen ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Click to sort, drag to move, right-click to choose columns</source>
        <translation>Klicken zum Sortieren, Ziehen zum Verschieben, Rechtsklick zum Wählen der Spalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Drop more songs or folders anywhere in the window.</source>
        <translation>Legen Sie weitere Lieder oder Ordner irgendwo im Fenster ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/results_table.py"/>
        <source>As they were at first</source>
        <translation>Wie am Anfang</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Learns from your library, your corrections and the clips that came with the program. The model in service keeps answering meanwhile, and stays unless the new one is better by more than chance.</source>
        <translation>Lernt aus Ihrer Bibliothek, Ihren Korrekturen und den Clips, die dem Programm beiliegen. Das jetzige Modell antwortet währenddessen weiter und bleibt, wenn das neue nicht über den Zufall hinaus besser ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Promote it if it is better</source>
        <translation>Zum Champion machen, wenn es besser ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Settings tried for each family</source>
        <translation>Einstellungen, die für jede Familie versucht werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Retrain</source>
        <translation>Neu trainieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Settings tried in each family</source>
        <translation>Einstellungen, die in jeder Familie versucht werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Close the options</source>
        <translation>Auswahl schließen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Start</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/retrain_options.py"/>
        <source>Start training</source>
        <translation>Training beginnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>next {when}</source>
        <translation>nächstes Mal {when}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Stopped unexpectedly</source>
        <translation>Unerwartet beendet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Has not run yet</source>
        <translation>Ist noch nicht gelaufen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>These jobs run by themselves while the program is open. One that was due in the meantime runs once, a minute after the start; two never run at the same time.</source>
        <translation>Diese Aufgaben laufen von selbst, solange das Programm offen ist. Was in der Zwischenzeit fällig war, läuft einmal, eine Minute nach dem Start; zwei laufen nie zugleich.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>took {span}</source>
        <translation>dauerte {span}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>due; waits until {what}</source>
        <translation>fällig; wartet, bis {what}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Run now</source>
        <translation>Jetzt ausführen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Run now: {title}</source>
        <translation>Jetzt ausführen: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Cancel: {title}</source>
        <translation>Abbrechen: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Edit…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Choose when it runs</source>
        <translation>Wählen, wann sie läuft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Edit when it runs: {title}</source>
        <translation>Ändern, wann sie läuft: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>What it said when it last ran</source>
        <translation>Was sie beim letzten Mal gesagt hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Log: {title}</source>
        <translation>Log: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Progress: {title}</source>
        <translation>Fortschritt: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>When it runs: {title}</source>
        <translation>Wann sie läuft: {title}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>next time not yet set</source>
        <translation>nächster Termin steht noch nicht fest</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Runs {trigger}</source>
        <translation>Läuft {trigger}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/schedule_view.py"/>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works, and your music fits what it learned from.</source>
        <translation>Er funktioniert, und Ihre Musik passt zu dem, was er gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>The champion answers</source>
        <translation>Der Champion antwortet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works. Whether your music fits what it learned from, the first drift check will say.</source>
        <translation>Er funktioniert. Ob Ihre Musik zu dem passt, was er gelernt hat, sagt die erste Driftprüfung.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works. The last drift check found your music unlike what it learned from; one more will tell.</source>
        <translation>Er funktioniert. Die letzte Driftprüfung fand Ihre Musik anders als das, was er gelernt hat; eine weitere bringt Gewissheit.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>It works, and your music fits what it learned from. Your recordings are coded or made in another way.</source>
        <translation>Er funktioniert, und Ihre Musik passt zu dem, was er gelernt hat. Ihre Aufnahmen sind anders kodiert oder anders gemacht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>The full drift report, in your web browser</source>
        <translation>Der ganze Driftbericht, in Ihrem Webbrowser</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>Checking for drift…</source>
        <translation>Drift wird geprüft …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>Compare what you played with what the champion learned from</source>
        <translation>Vergleichen, was Sie abgespielt haben und was der Champion gelernt hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>Last answer by {model} version {version} ({alias})</source>
        <translation>Letzte Antwort von {model} Version {version} ({alias})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/serving_card.py"/>
        <source>so since {ago}</source>
        <translation>so seit {ago}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>Per cent of all pairs of clips that are less alike than these two.</source>
        <translation>Prozent aller Paare von Clips, die einander weniger ähneln als diese beiden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>Of reference clips only measurements come with the program, no sound.</source>
        <translation>Von den Referenzclips liegen nur Messwerte bei, kein Ton.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>Most similar clips</source>
        <translation>Ähnlichste Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>Double-click or Return plays one of your own</source>
        <translation>Doppelklick oder Eingabe spielt einen von Ihren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>Looking for similar clips…</source>
        <translation>Ähnliche Clips werden gesucht …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/similar_list.py"/>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>Colour map</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>Darkest level</source>
        <translation>Dunkelster Pegel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_controls.py"/>
        <source>{axis} frequency axis</source>
        <translation>Frequenzachse {axis}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>There is no sound to draw.</source>
        <translation>Es gibt keinen Ton zu zeichnen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>Show the whole song</source>
        <translation>Das ganze Lied zeigen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_panel.py"/>
        <source>The spectrogram is being drawn…</source>
        <translation>Das Spektrogramm wird gezeichnet …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/spectrogram_view.py"/>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Genre now</source>
        <translation>Genre jetzt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Genre to be</source>
        <translation>Künftiges Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Says so already</source>
        <translation>Steht schon da</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Not sure enough</source>
        <translation>Nicht sicher genug</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Has a genre already</source>
        <translation>Hat schon ein Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Files and their genres</source>
        <translation>Dateien und ihre Genres</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/tag_table.py"/>
        <source>Space ticks and unticks the selected files</source>
        <translation>Die Leertaste kreuzt die gewählten Dateien an oder ab</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>{genre} {percent} from {start} to {end}</source>
        <translation>{genre} {percent} von {start} bis {end}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>One stretch</source>
        <translation>Ein Abschnitt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/timeline_strip.py"/>
        <source>{n} stretches</source>
        <translation>{n} Abschnitte</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>Dismiss (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>One more message</source>
        <translation>Eine weitere Nachricht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/toast.py"/>
        <source>{n} more messages</source>
        <translation>{n} weitere Nachrichten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/top_bars.py"/>
        <source>How likely each genre is</source>
        <translation>Wie wahrscheinlich jedes Genre ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/transport.py"/>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/transport.py"/>
        <source>How loud songs are played</source>
        <translation>Wie laut Lieder gespielt werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ui/widgets/transport.py"/>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Alert</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Over</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Snoozed</source>
        <translation>Später</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/alerts_model.py"/>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>The job could not be started</source>
        <translation>Die Aufgabe ließ sich nicht starten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/care.py"/>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>This answer is not in the history</source>
        <translation>Diese Antwort steht nicht im Verlauf</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>A correction needs the measurements that came with the answer, and they were not kept.</source>
        <translation>Eine Korrektur braucht die Messwerte, die mit der Antwort kamen, und die wurden nicht aufgehoben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/corrector.py"/>
        <source>Switch on “Remember answers” in the preferences, then read the file again.</source>
        <translation>Schalten Sie „Antworten merken“ in den Einstellungen ein und lesen Sie die Datei dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/exporter.py"/>
        <source>The picture could not be saved</source>
        <translation>Das Bild konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/exporter.py"/>
        <source>Choose another folder, or free some space, and save again.</source>
        <translation>Wählen Sie einen anderen Ordner oder schaffen Sie Platz und speichern Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Blues</source>
        <translation>Blues</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Classical</source>
        <translation>Klassik</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Country</source>
        <translation>Country</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Disco</source>
        <translation>Disco</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Hip-hop</source>
        <translation>Hip-Hop</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Jazz</source>
        <translation>Jazz</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Metal</source>
        <translation>Metal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Pop</source>
        <translation>Pop</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Reggae</source>
        <translation>Reggae</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/genres.py"/>
        <source>Rock</source>
        <translation>Rock</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Version {champion} is champion now, version {fallback} is fallback.</source>
        <translation>Version {champion} ist jetzt Champion, Version {fallback} ist Rückfallmodell.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>One file changed</source>
        <translation>Eine Datei geändert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} files changed</source>
        <translation>{n} Dateien geändert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Nothing to judge yet: {n} of {needed} answered clips.</source>
        <translation>Noch nichts zu beurteilen: {n} von {needed} beantworteten Clips.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Version {version} was not promoted</source>
        <translation>Version {version} wurde nicht zum Champion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>One clip added</source>
        <translation>Ein Clip hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} clips added</source>
        <translation>{n} Clips hinzugefügt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Nothing was left half done.</source>
        <translation>Nichts blieb halb fertig.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{share} of the features differ: your music has drifted.</source>
        <translation>{share} der Merkmale weichen ab: Ihre Musik hat sich verschoben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Version {version} was promoted</source>
        <translation>Version {version} wurde zum Champion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>one known already</source>
        <translation>eine schon bekannt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} known already</source>
        <translation>{n} schon bekannt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>one found at its new place</source>
        <translation>eine an ihrem neuen Ort gefunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} found at their new places</source>
        <translation>{n} an ihrem neuen Ort gefunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>one with a new genre</source>
        <translation>eine mit neuem Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} with a new genre</source>
        <translation>{n} mit neuem Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>one left out</source>
        <translation>eine ausgelassen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{n} left out</source>
        <translation>{n} ausgelassen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>It did not work</source>
        <translation>Es hat nicht geklappt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>No drift, but your recordings are coded or made in another way ({share} differ).</source>
        <translation>Keine Drift, aber Ihre Aufnahmen sind anders kodiert oder anders gemacht ({share} weichen ab).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>{share} of the features differ: no drift.</source>
        <translation>{share} der Merkmale weichen ab: keine Drift.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/jobs/job_text.py"/>
        <source>Version {version} is the champion.</source>
        <translation>Version {version} ist der Champion.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/listener.py"/>
        <source>Wait until it listens again, or choose another device.</source>
        <translation>Warten Sie, bis es wieder zuhört, oder wählen Sie ein anderes Gerät.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/listener.py"/>
        <source>Press Listen first.</source>
        <translation>Drücken Sie zuerst auf „Zuhören“.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/listener.py"/>
        <source>There is nothing to record</source>
        <translation>Es gibt nichts aufzunehmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/listener.py"/>
        <source>No input device is open.</source>
        <translation>Kein Eingabegerät ist geöffnet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Say something, or clap your hands.</source>
        <translation>Sagen Sie etwas oder klatschen Sie in die Hände.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} is too loud and clips. Turn its level down a little.</source>
        <translation>{name} ist zu laut und übersteuert. Drehen Sie den Pegel etwas zurück.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} hears you, {peak} dBFS at its loudest.</source>
        <translation>{name} hört Sie, {peak} dBFS an der lautesten Stelle.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>{name} sends very little, {peak} dBFS at its loudest. Turn up its level in the system’s sound settings, or come nearer.</source>
        <translation>{name} sendet sehr wenig, {peak} dBFS an der lautesten Stelle. Erhöhen Sie den Pegel in den Toneinstellungen des Systems oder kommen Sie näher.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Listening to {name}</source>
        <translation>{name} hört zu</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Opening the microphone…</source>
        <translation>Das Mikrofon wird geöffnet …</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>The microphone works, but too loud</source>
        <translation>Das Mikrofon funktioniert, ist aber zu laut</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>The microphone works</source>
        <translation>Das Mikrofon funktioniert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/microphone.py"/>
        <source>Hardly anything is heard</source>
        <translation>Es ist kaum etwas zu hören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Starter model, corrected</source>
        <translation>Startmodell, korrigiert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Linear models, voting</source>
        <translation>Lineare Modelle, mit Abstimmung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Small neural networks</source>
        <translation>Kleine neuronale Netze</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Several families, voting</source>
        <translation>Mehrere Familien, mit Abstimmung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Among first three</source>
        <translation>Unter den ersten drei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Macro-F1</source>
        <translation>Macro-F1</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Log-loss</source>
        <translation>Log-Loss</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Champion</source>
        <translation>Champion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/model_entry.py"/>
        <source>Fallback</source>
        <translation>Rückfallmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>one second</source>
        <translation>eine Sekunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{n} seconds</source>
        <translation>{n} Sekunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{span} ago</source>
        <translation>vor {span}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>in a moment</source>
        <translation>gleich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>in {span}</source>
        <translation>in {span}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>one day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{n} days</source>
        <translation>{n} Tagen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>one hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{n} hours</source>
        <translation>{n} Stunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>one minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/moments.py"/>
        <source>{n} minutes</source>
        <translation>{n} Minuten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Loudness (RMS level)</source>
        <translation>Lautheit (RMS-Pegel)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Swings between loud and quiet (RMS variation)</source>
        <translation>Wechsel von laut und leise (RMS-Schwankung)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Brightness (spectral centroid and roll-off)</source>
        <translation>Helligkeit (spektraler Schwerpunkt und Roll-off)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of brightness (variation of the centroid)</source>
        <translation>Wechsel der Helligkeit (Schwankung des Schwerpunkts)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Sharpness and hiss (zero crossings)</source>
        <translation>Schärfe und Zischen (Nulldurchgänge)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of sharpness (variation of zero crossings)</source>
        <translation>Wechsel der Schärfe (Schwankung der Nulldurchgänge)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Breadth of the sound (bandwidth)</source>
        <translation>Breite des Klangs (Bandbreite)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of breadth (variation of the bandwidth)</source>
        <translation>Wechsel der Breite (Schwankung der Bandbreite)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Sustained tones (harmonic part)</source>
        <translation>Gehaltene Töne (harmonischer Anteil)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Drums and attacks (percussive part)</source>
        <translation>Schlagzeug und Anschläge (perkussiver Anteil)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Melody against drums (harmonic share)</source>
        <translation>Melodie gegen Schlagzeug (Anteil der Harmonie)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Tempo (beats per minute)</source>
        <translation>Tempo (Schläge pro Minute)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Busyness (notes and beats a second)</source>
        <translation>Betriebsamkeit (Töne und Schläge pro Sekunde)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Noise against tone (spectral flatness)</source>
        <translation>Rauschen gegen Ton (spektrale Flachheit)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes between noise and tone (variation of the flatness)</source>
        <translation>Wechsel zwischen Rauschen und Ton (Schwankung der Flachheit)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Balance of low and high (spectral slope)</source>
        <translation>Verhältnis von Tief und Hoch (spektrale Neigung)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Richness of notes (chroma)</source>
        <translation>Reichtum an Tönen (Chroma)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Keys and chords (chroma, whatever the key)</source>
        <translation>Tonarten und Akkorde (Chroma, gleich in welcher Tonart)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Chord changes (variation of the chroma)</source>
        <translation>Akkordwechsel (Schwankung des Chroma)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Harmony (tonal centroid)</source>
        <translation>Harmonie (tonaler Schwerpunkt)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Movement of the harmony (variation of the tonal centroid)</source>
        <translation>Bewegung der Harmonie (Schwankung des tonalen Schwerpunkts)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Clear notes in the bass (contrast below 200 Hz)</source>
        <translation>Klare Töne im Bass (Kontrast unter 200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Clear notes in the low middle (contrast 200 to 800 Hz)</source>
        <translation>Klare Töne in den unteren Mitten (Kontrast 200 bis 800 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Clear notes in the middle (contrast 800 to 3200 Hz)</source>
        <translation>Klare Töne in den Mitten (Kontrast 800 bis 3200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Clear notes in the treble (contrast above 3200 Hz)</source>
        <translation>Klare Töne in den Höhen (Kontrast über 3200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Bass rhythm (variation below 200 Hz)</source>
        <translation>Rhythmus im Bass (Schwankung unter 200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Rhythm in the low middle (variation 200 to 800 Hz)</source>
        <translation>Rhythmus in den unteren Mitten (Schwankung 200 bis 800 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Rhythm in the middle (variation 800 to 3200 Hz)</source>
        <translation>Rhythmus in den Mitten (Schwankung 800 bis 3200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Rhythm in the treble (variation above 3200 Hz)</source>
        <translation>Rhythmus in den Höhen (Schwankung über 3200 Hz)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Body of the sound (MFCC 3 to 6)</source>
        <translation>Körper des Klangs (MFCC 3 bis 6)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Tone colour (MFCC 7 to 12)</source>
        <translation>Klangfarbe (MFCC 7 bis 12)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Grain of the sound (MFCC 13 to 20)</source>
        <translation>Körnung des Klangs (MFCC 13 bis 20)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of the sound's body (variation of MFCC 3 to 6)</source>
        <translation>Wechsel im Körper des Klangs (Schwankung von MFCC 3 bis 6)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of tone colour (variation of MFCC 7 to 12)</source>
        <translation>Wechsel der Klangfarbe (Schwankung von MFCC 7 bis 12)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Changes of the sound's grain (variation of MFCC 13 to 20)</source>
        <translation>Wechsel in der Körnung des Klangs (Schwankung von MFCC 13 bis 20)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Measured inside the model: the exact share of each property in its score, the mean over its voices.</source>
        <translation>Im Modell selbst gemessen: der genaue Anteil jeder Eigenschaft an seinem Ergebnis, gemittelt über seine Stimmen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>This kind of model has no exact shares. It was asked again with one property after the other taken from other songs; what the genre loses by it, the property gave.</source>
        <translation>Bei dieser Art Modell gibt es keine genauen Anteile. Es wurde noch einmal gefragt, wobei eine Eigenschaft nach der anderen aus anderen Liedern genommen wurde; was das Genre dadurch verliert, hatte die Eigenschaft beigetragen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>per second</source>
        <translation>pro Sekunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>almost the same</source>
        <translation>fast gleich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>very much alike</source>
        <translation>sehr ähnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>much alike</source>
        <translation>sehr ähnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>alike</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>somewhat alike</source>
        <translation>etwas ähnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>By itself this makes {genre} {factor} times as likely.</source>
        <translation>Für sich allein macht dies {genre} {factor}-mal so wahrscheinlich.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>By itself this makes {genre} {factor} times less likely.</source>
        <translation>Für sich allein macht dies {genre} {factor}-mal weniger wahrscheinlich.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>Many numbers that mean something only together</source>
        <translation>Viele Zahlen, die nur zusammen etwas bedeuten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, usual for {genre} ({low} to {high})</source>
        <translation>{value}, üblich für {genre} ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, as in most music ({low} to {high})</source>
        <translation>{value}, wie in der meisten Musik ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, more than usual for {genre} ({low} to {high})</source>
        <translation>{value}, mehr als üblich für {genre} ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, more than in most music ({low} to {high})</source>
        <translation>{value}, mehr als in der meisten Musik ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, less than usual for {genre} ({low} to {high})</source>
        <translation>{value}, weniger als üblich für {genre} ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, less than in most music ({low} to {high})</source>
        <translation>{value}, weniger als in der meisten Musik ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, far more than usual for {genre} ({low} to {high})</source>
        <translation>{value}, weit mehr als üblich für {genre} ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, far more than in most music ({low} to {high})</source>
        <translation>{value}, weit mehr als in der meisten Musik ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, far less than usual for {genre} ({low} to {high})</source>
        <translation>{value}, weit weniger als üblich für {genre} ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{value}, far less than in most music ({low} to {high})</source>
        <translation>{value}, weit weniger als in der meisten Musik ({low} bis {high})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/reasons.py"/>
        <source>{tip} Number that mattered most: {feature}.</source>
        <translation>{tip} Am meisten zählte die Zahl {feature}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Reading {share}</source>
        <translation>Gelesen: {share}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Unusual</source>
        <translation>Ungewöhnlich</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Status</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Runner-up</source>
        <translation>Zweiter Platz</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>You said {label}; the model said {model}.</source>
        <translation>Sie sagten {label}; das Modell sagte {model}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/results_model.py"/>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>Nothing to read there</source>
        <translation>Da gibt es nichts zu lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>No audio or video files were found in what you opened.</source>
        <translation>In dem, was Sie geöffnet haben, fanden sich keine Ton- oder Videodateien.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/session.py"/>
        <source>Open a folder with music, or drop a file itself: named files are always tried.</source>
        <translation>Öffnen Sie einen Ordner mit Musik oder legen Sie eine Datei selbst ab: Einzeln genannte Dateien werden immer versucht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/work.py"/>
        <source>Reading files</source>
        <translation>Dateien lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/work.py"/>
        <source>one given up</source>
        <translation>eine aufgegeben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/work.py"/>
        <source>{n} given up</source>
        <translation>{n} aufgegeben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/app/work.py"/>
        <source>It ended without a word.</source>
        <translation>Sie endete ohne ein Wort.</translation>
    </message>
</context>
<context>
    <name>Below</name>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ from what the champion learned from.</source>
        <translation>{share} der Merkmale von {n} Clips weichen von dem ab, was der Champion gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ from what the champion learned from ({limit}).</source>
        <translation>{share} der Merkmale von {n} Clips weichen von dem ab, was der Champion gelernt hat ({limit}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{share} of the features of {n} clips differ; they seem to be recorded or coded in another way ({limit}).</source>
        <translation>{share} der Merkmale von {n} Clips weichen ab; sie scheinen anders aufgenommen oder kodiert zu sein ({limit}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every minute</source>
        <translation>jede Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} minutes</source>
        <translation>alle {n} Minuten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every hour</source>
        <translation>jede Stunde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} hours</source>
        <translation>alle {n} Stunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every day</source>
        <translation>jeden Tag</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>every {n} days</source>
        <translation>alle {n} Tage</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>after {news}</source>
        <translation>nach {news}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{every} and after {news}</source>
        <translation>{every} und nach {news}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{n} new predictions</source>
        <translation>{n} neuen Antworten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{n} new corrections</source>
        <translation>{n} neuen Korrekturen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>{done} of {total} · {rate} a second · {left} · {name}</source>
        <translation>{done} von {total} · {rate} pro Sekunde · {left} · {name}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>drift check</source>
        <translation>die Driftprüfung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>retraining</source>
        <translation>das neue Training</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>registry sweep</source>
        <translation>das Aufräumen des Modellregisters</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/../tools/translations.py"/>
        <source>store maintenance</source>
        <translation>die Pflege des Datenbestands</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/errors.py"/>
        <source>Something went wrong inside Genre Desktop</source>
        <translation>In Genre Desktop ist etwas schiefgegangen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/errors.py"/>
        <source>Try again; if it happens again, Help › Copy diagnostics tells us what we need to know.</source>
        <translation>Versuchen Sie es noch einmal; geschieht es wieder, sagt Hilfe › Diagnose kopieren, was wir wissen müssen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/export.py"/>
        <source>The results could not be saved</source>
        <translation>Die Ergebnisse ließen sich nicht speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>various artists</source>
        <translation>verschiedene Interpreten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>unknown artist</source>
        <translation>unbekannter Interpret</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/library.py"/>
        <source>unknown album</source>
        <translation>unbekanntes Album</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The champion goes on answering.</source>
        <translation>Der Champion antwortet weiter.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The fallback model answers instead.</source>
        <translation>Statt seiner antwortet das Rückfallmodell.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>No model can answer until you act.</source>
        <translation>Kein Modell kann antworten, bis Sie etwas tun.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Your music differs from what the model learned</source>
        <translation>Ihre Musik weicht von dem ab, was das Modell gelernt hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Look at the report; if your music really is different, confirm or correct some answers and retrain.</source>
        <translation>Sehen Sie sich den Bericht an; ist Ihre Musik wirklich anders, dann bestätigen oder korrigieren Sie einige Antworten und trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Your recordings are coded or made in another way</source>
        <translation>Ihre Aufnahmen sind anders kodiert oder anders gemacht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The champion goes on answering: a strongly compressed file costs about one answer in twenty.</source>
        <translation>Der Champion antwortet weiter: Eine stark komprimierte Datei kostet etwa eine von zwanzig Antworten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Nothing needs to be done. A retrain on clips that you confirmed or corrected makes your recordings usual.</source>
        <translation>Sie müssen nichts tun. Ein neues Training mit Clips, die Sie bestätigt oder korrigiert haben, macht Ihre Aufnahmen zum Üblichen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The champion model does not work</source>
        <translation>Das Champion-Modell funktioniert nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Roll back to the model before, retrain, or restore the starter models.</source>
        <translation>Kehren Sie zum vorherigen Modell zurück, trainieren Sie neu oder stellen Sie die Startmodelle wieder her.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Fault: {code}</source>
        <translation>Fehler: {code}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>The fallback model does not work</source>
        <translation>Das Rückfallmodell funktioniert nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It will not be asked until it works again.</source>
        <translation>Es wird nicht gefragt, bis es wieder funktioniert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Restore the starter models, so that somebody can step in for the champion.</source>
        <translation>Stellen Sie die Startmodelle wieder her, damit jemand für den Champion einspringen kann.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Files are not classified until a model works; nothing of yours is lost.</source>
        <translation>Dateien werden nicht eingeordnet, bis ein Modell funktioniert; von Ihren Daten geht nichts verloren.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Restore the starter models. Models that you trained stay in the registry.</source>
        <translation>Stellen Sie die Startmodelle wieder her. Modelle, die Sie trainiert haben, bleiben im Modellregister.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>A new process was started and the file was tried once more.</source>
        <translation>Ein neuer Prozess wurde gestartet und die Datei noch einmal versucht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>If one file does this again and again, leave it out and send us the diagnostics.</source>
        <translation>Wenn eine Datei dies immer wieder auslöst, lassen Sie sie weg und schicken Sie uns die Diagnose.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Nobody can read the figures from outside; the Monitor page shows them all the same.</source>
        <translation>Niemand kann die Zahlen von außen lesen; die Seite Überwachung zeigt sie trotzdem.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>{title} did not finish</source>
        <translation>{title} wurde nicht fertig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It will run again at its next time.</source>
        <translation>Es läuft zum nächsten Termin wieder.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Read its log on the Schedule page, or run it now.</source>
        <translation>Lesen Sie das Log auf der Seite Zeitplan oder führen Sie die Aufgabe jetzt aus.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>{title} stopped unexpectedly</source>
        <translation>{title} endete unerwartet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Nothing was changed by it, and it is scheduled again.</source>
        <translation>Nichts wurde dadurch verändert, und der nächste Termin steht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Version {version} is the new champion</source>
        <translation>Version {version} ist der neue Champion</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>It answers from now on; the one before became the fallback.</source>
        <translation>Sie antwortet ab jetzt; die vorherige wurde zum Rückfallmodell.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/notices.py"/>
        <source>Roll back if you liked the old answers better.</source>
        <translation>Kehren Sie zurück, wenn Ihnen die alten Antworten besser gefielen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Colours of the window and of every plot.</source>
        <translation>Farben des Fensters und aller Bilder.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Size of all text.</source>
        <translation>Größe aller Texte.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Language of the window.</source>
        <translation>Sprache des Fensters.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Restore the window</source>
        <translation>Fenster wiederherstellen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Open where it was closed: size, page and table.</source>
        <translation>Öffnen, wie es geschlossen wurde: Größe, Seite und Tabelle.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Changed shortcuts</source>
        <translation>Geänderte Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How much of a song to read</source>
        <translation>Wie viel von einem Lied gelesen wird</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>The whole song in windows, or one 30 s excerpt from its middle.</source>
        <translation>Das ganze Lied in Fenstern oder ein Ausschnitt von 30 s aus seiner Mitte.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Worker processes for folders</source>
        <translation>Arbeitsprozesse für Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How many files are read side by side; 0 means one per processor core.</source>
        <translation>Wie viele Dateien nebeneinander gelesen werden; 0 heißt eine je Prozessorkern.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Bring the list back</source>
        <translation>Liste zurückholen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Open with the files and answers that stood in the list when the window was closed; needs “Remember answers”.</source>
        <translation>Beim Öffnen stehen die Dateien und Antworten wieder in der Liste, die beim Schließen des Fensters darin standen; braucht „Antworten merken“.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How loud songs are played.</source>
        <translation>Wie laut Lieder gespielt werden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Sure enough</source>
        <translation>Sicher genug</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Less certain answers are not ticked when genres are written into files, and stay out of playlists.</source>
        <translation>Weniger sichere Antworten sind nicht angekreuzt, wenn Genres in Dateien geschrieben werden, und kommen nicht in Playlists.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>New files in these folders are analysed by themselves while the window is open.</source>
        <translation>Neue Dateien in diesen Ordnern werden von selbst analysiert, solange das Fenster offen ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Frequency axis</source>
        <translation>Frequenzachse</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Mel follows hearing, log shows octaves, linear shows hertz.</source>
        <translation>Mel folgt dem Gehör, Log zeigt Oktaven, Linear zeigt Hertz.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Perceptually uniform and safe for colour-blind people.</source>
        <translation>Gleichmäßig für das Auge und sicher für Farbenfehlsichtige.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Levels below this are drawn in the darkest colour.</source>
        <translation>Pegel darunter werden in der dunkelsten Farbe gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Name of the device to listen to; empty means the system default.</source>
        <translation>Name des Geräts, dem zugehört wird; leer heißt das Standardgerät des Systems.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How much sound one live answer looks at.</source>
        <translation>Wie viel Ton eine Live-Antwort betrachtet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Pre-roll</source>
        <translation>Vorlauf</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Sound kept from before Record was pressed.</source>
        <translation>Ton von vor dem Druck auf Aufnehmen, der mit in die Aufnahme kommt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Keep answers</source>
        <translation>Antworten behalten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Older answers are deleted by the maintenance job; 0 keeps all.</source>
        <translation>Ältere Antworten löscht die Pflege des Datenbestands; 0 behält alle.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Remember answers</source>
        <translation>Antworten merken</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Corrections, drift checks and the Monitor page need what was measured for them.</source>
        <translation>Korrekturen, Driftprüfungen und die Seite Überwachung brauchen, was dafür gemessen wurde.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Monitoring</source>
        <translation>Überwachung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift check every</source>
        <translation>Driftprüfung alle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How often the drift check runs.</source>
        <translation>Wie oft die Driftprüfung läuft.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift check after</source>
        <translation>Driftprüfung nach</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Also after this many new predictions; 0 switches it off.</source>
        <translation>Auch nach so vielen neuen Antworten; 0 schaltet es ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>predictions</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift share</source>
        <translation>Driftanteil</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Share of features that must have drifted.</source>
        <translation>Anteil der Merkmale, die abweichen müssen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift p-value</source>
        <translation>Drift-p-Wert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>A feature has drifted when its Kolmogorov-Smirnov p-value is below this.</source>
        <translation>Ein Merkmal weicht ab, wenn sein Kolmogorow-Smirnow-p-Wert darunter liegt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Drift needs at least</source>
        <translation>Drift braucht mindestens</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Fewer clips than this are never judged.</source>
        <translation>Weniger Clips als diese werden nie beurteilt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Windows in a row</source>
        <translation>Fenster hintereinander</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>So many windows must drift before the fallback takes over, and be clean before the champion returns.</source>
        <translation>So viele Fenster müssen abweichen, bevor das Rückfallmodell übernimmt, und wieder passen, bevor der Champion zurückkehrt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Retrain every</source>
        <translation>Neu trainieren alle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>How often retraining runs; 0 switches it off.</source>
        <translation>Wie oft neu trainiert wird; 0 schaltet es ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Retrain after</source>
        <translation>Neu trainieren nach</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Also when so many new corrections wait; 0 switches it off.</source>
        <translation>Auch wenn so viele neue Korrekturen warten; 0 schaltet es ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>corrections</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Parameter settings tried for each family of models.</source>
        <translation>Einstellungen, die für jede Familie von Modellen versucht werden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Wait while on battery</source>
        <translation>Im Akkubetrieb warten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Scheduled jobs wait until the computer is plugged in.</source>
        <translation>Aufgaben des Zeitplans warten, bis der Rechner am Netz hängt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Wait while listening</source>
        <translation>Beim Zuhören warten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Scheduled jobs wait until live mode stops.</source>
        <translation>Aufgaben des Zeitplans warten, bis die Live-Analyse endet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Registry sweep every</source>
        <translation>Modellregister aufräumen alle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Clears away what an interrupted training left behind; 0 switches it off.</source>
        <translation>Räumt weg, was ein abgebrochenes Training hinterlassen hat; 0 schaltet es ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Store maintenance every</source>
        <translation>Datenbestand pflegen alle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Deletes what is older than you keep and tidies the library file; 0 switches it off.</source>
        <translation>Löscht, was älter ist, als Sie behalten, und ordnet die Datei der Bibliothek; 0 schaltet es ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Desktop notifications</source>
        <translation>Meldungen auf dem Desktop</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Show alerts on the desktop when the window is not in front.</source>
        <translation>Meldungen auf dem Desktop zeigen, wenn das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Prometheus endpoint</source>
        <translation>Prometheus-Endpunkt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Offers the Monitor page's figures on 127.0.0.1; off unless you switch it on.</source>
        <translation>Bietet die Zahlen der Seite Überwachung unter 127.0.0.1 an; aus, solange Sie ihn nicht einschalten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Prometheus port</source>
        <translation>Prometheus-Port</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Port on 127.0.0.1.</source>
        <translation>Port auf 127.0.0.1.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Settings cannot be read</source>
        <translation>Die Einstellungen lassen sich nicht lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>{path} is not a settings file ({error}).</source>
        <translation>{path} ist keine Datei mit Einstellungen ({error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Rename or delete the file to start with the defaults.</source>
        <translation>Benennen Sie die Datei um oder löschen Sie sie, um mit den Vorgaben zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Settings come from a newer version</source>
        <translation>Die Einstellungen stammen von einer neueren Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>{path} has format {written}; this program knows {format}.</source>
        <translation>{path} hat Format {written}; dieses Programm kennt {format}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/options.py"/>
        <source>Update Genre Desktop, or rename the file to start with the defaults.</source>
        <translation>Aktualisieren Sie Genre Desktop oder benennen Sie die Datei um, um mit den Vorgaben zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/playlist.py"/>
        <source>The playlists could not be saved</source>
        <translation>Die Playlists ließen sich nicht speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>{reason} The fallback cannot step in: {reason2}</source>
        <translation>{reason} Das Rückfallmodell kann nicht einspringen: {reason2}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>{reason} The fallback does not work either: {reason2}</source>
        <translation>{reason} Auch das Rückfallmodell funktioniert nicht: {reason2}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>A new champion was promoted.</source>
        <translation>Ein neuer Champion wurde eingesetzt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The starter models were restored.</source>
        <translation>Die Startmodelle wurden wiederhergestellt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The champion works again.</source>
        <translation>Der Champion funktioniert wieder.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/serving.py"/>
        <source>The music fits the champion's reference again.</source>
        <translation>Die Musik passt wieder zur Referenz des Champions.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/alerts.py"/>
        <source>Code: {code}</source>
        <translation>Code: {code}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>No genre given</source>
        <translation>Kein Genre angegeben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>A correction needs a genre.</source>
        <translation>Eine Korrektur braucht ein Genre.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>Choose one.</source>
        <translation>Wählen Sie eines.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>This answer is no longer remembered</source>
        <translation>An diese Antwort erinnert sich das Programm nicht mehr</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>It was deleted, so there is nothing to correct.</source>
        <translation>Sie wurde gelöscht, also gibt es nichts zu korrigieren.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/corrections.py"/>
        <source>Analyse the file again, then correct it.</source>
        <translation>Analysieren Sie die Datei noch einmal und korrigieren Sie sie dann.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Your library comes from a newer version</source>
        <translation>Ihre Bibliothek stammt von einer neueren Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>{path} has schema {version}; this program knows {migrations}.</source>
        <translation>{path} hat Schema {version}; dieses Programm kennt {migrations}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Update Genre Desktop, or choose another folder with --home.</source>
        <translation>Aktualisieren Sie Genre Desktop oder wählen Sie mit --home einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Your library cannot be opened</source>
        <translation>Ihre Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/database.py"/>
        <source>Restore the file from a backup, or move it away to start with an empty library.</source>
        <translation>Stellen Sie die Datei aus einer Sicherung wieder her oder räumen Sie sie beiseite, um mit einer leeren Bibliothek zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/job_runs.py"/>
        <source>Genre Desktop or the computer was shut down while it ran.</source>
        <translation>Genre Desktop oder der Rechner wurde währenddessen beendet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Everything is forgotten, but the file was not yet cleaned</source>
        <translation>Alles ist vergessen, aber die Datei ist noch nicht bereinigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Another part of the program was using the library.</source>
        <translation>Ein anderer Teil des Programms hat die Bibliothek benutzt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/core/store/predictions.py"/>
        <source>Wait until no job runs, then forget again.</source>
        <translation>Warten Sie, bis keine Aufgabe läuft, und vergessen Sie dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>The header of {_name} claims {rate} samples a second, which no sound has.</source>
        <translation>Der Kopf von {_name} behauptet {rate} Abtastwerte pro Sekunde; die hat kein Ton.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>This file holds broken samples</source>
        <translation>Diese Datei enthält beschädigte Abtastwerte</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{_name} has values that are not numbers (NaN or infinite), the first at {when} s.</source>
        <translation>{_name} enthält Werte, die keine Zahlen sind (NaN oder unendlich), den ersten bei {when} s.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>Export it again from the program that wrote it, as 16 or 24 bit wav or flac.</source>
        <translation>Exportieren Sie sie noch einmal aus dem Programm, das sie geschrieben hat, als wav oder flac mit 16 oder 24 Bit.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{_name} has a header, but no sound follows it.</source>
        <translation>{_name} hat einen Kopf, aber es folgt kein Ton.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>None of the {packets} parts of {_name} could be decoded.</source>
        <translation>Keiner der {packets} Teile von {_name} ließ sich dekodieren.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>Reading stopped after {found_s} s, because what follows is damaged or changes its format.</source>
        <translation>Das Lesen endete nach {found_s} s, weil das Folgende beschädigt ist oder das Format wechselt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>1 damaged part was</source>
        <translation>1 beschädigter Teil wurde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{damaged} damaged parts were</source>
        <translation>{damaged} beschädigte Teile wurden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode.py"/>
        <source>{parts} skipped; the rest was read.</source>
        <translation>{parts} übersprungen; der Rest wurde gelesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This is not an audio file</source>
        <translation>Das ist keine Tondatei</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} is a pipe or a device, not a regular file.</source>
        <translation>{name} ist eine Pipe oder ein Gerät, keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a file on disk.</source>
        <translation>Wählen Sie eine Datei auf der Festplatte.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} has a length of zero bytes.</source>
        <translation>{name} ist null Bytes lang.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file has no sound</source>
        <translation>Diese Datei hat keinen Ton</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} holds pictures but no audio track.</source>
        <translation>{name} enthält Bilder, aber keine Tonspur.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a file with sound.</source>
        <translation>Wählen Sie eine Datei mit Ton.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The sound in {name} is in a format no decoder here knows, or it is copy-protected.</source>
        <translation>Der Ton in {name} hat ein Format, das hier kein Decoder kennt, oder er ist kopiergeschützt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file is empty</source>
        <translation>Diese Datei ist leer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Copy or download it again.</source>
        <translation>Kopieren Sie sie noch einmal oder laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file cannot be decoded</source>
        <translation>Diese Datei lässt sich nicht dekodieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>If it plays elsewhere, convert it to wav, flac or mp3 and try that.</source>
        <translation>Wenn sie anderswo läuft, wandeln Sie sie in wav, flac oder mp3 um und versuchen Sie es damit.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file is not there</source>
        <translation>Diese Datei ist nicht da</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} was not found; it may have been moved, renamed or deleted.</source>
        <translation>{name} wurde nicht gefunden; vielleicht wurde die Datei verschoben, umbenannt oder gelöscht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Check the folder and try again.</source>
        <translation>Prüfen Sie den Ordner und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This is a folder</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} is a folder, not a file.</source>
        <translation>{name} ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Open it as a folder, or use --recursive, to analyse what is inside.</source>
        <translation>Öffnen Sie ihn als Ordner oder verwenden Sie --recursive, um zu analysieren, was darin ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file may not be read</source>
        <translation>Diese Datei darf nicht gelesen werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The system denies access to {name}.</source>
        <translation>Das System verweigert den Zugriff auf {name}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Change the file's permissions, or copy it to a folder of your own.</source>
        <translation>Ändern Sie die Zugriffsrechte der Datei oder kopieren Sie sie in einen eigenen Ordner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>This file cannot be read</source>
        <translation>Diese Datei lässt sich nicht lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Reading {name} failed: {error}.</source>
        <translation>Das Lesen von {name} ist gescheitert: {error}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Check that the disk or network folder is connected, then try again.</source>
        <translation>Prüfen Sie, ob das Laufwerk oder der Netzwerkordner verbunden ist, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>{name} begins like an MP4 file but its index is missing, as when a download or a recording was broken off.</source>
        <translation>{name} beginnt wie eine MP4-Datei, aber ihr Index fehlt, wie nach einem abgebrochenen Download oder einer abgebrochenen Aufnahme.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>The content of {name} is no sound or video format this program knows, whatever its name says.</source>
        <translation>Der Inhalt von {name} ist kein Ton- oder Videoformat, das dieses Programm kennt, was auch immer der Name sagt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_container.py"/>
        <source>Choose a sound or video file, such as wav, flac, mp3, m4a, ogg, opus, wma or mp4.</source>
        <translation>Wählen Sie eine Ton- oder Videodatei, etwa wav, flac, mp3, m4a, ogg, opus, wma oder mp4.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_integrity.py"/>
        <source>The file breaks off: {found_s} s could be read, and what came after is missing.</source>
        <translation>Die Datei bricht ab: {found_s} s ließen sich lesen, und was danach kam, fehlt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/decode_integrity.py"/>
        <source>The file breaks off: {found_s} s of {expected_s} s could be read.</source>
        <translation>Die Datei bricht ab: {found_s} s von {expected_s} s ließen sich lesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open System Settings › Privacy &amp; Security › Microphone and allow Genre Desktop.</source>
        <translation>Öffnen Sie Systemeinstellungen › Datenschutz &amp; Sicherheit › Mikrofon und erlauben Sie es Genre Desktop.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open Settings › Privacy › Microphone and allow desktop apps.</source>
        <translation>Öffnen Sie Einstellungen › Datenschutz › Mikrofon und erlauben Sie es Desktop-Apps.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Open the system's sound settings, see that the input is not muted and its level is up.</source>
        <translation>Öffnen Sie die Toneinstellungen des Systems und sehen Sie nach, ob der Eingang stumm ist und sein Pegel hoch genug.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Sound input is not available</source>
        <translation>Toneingabe ist nicht verfügbar</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The PortAudio library is not installed on this computer.</source>
        <translation>Die Bibliothek PortAudio ist auf diesem Rechner nicht installiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Install it (on Debian and Ubuntu: sudo apt install libportaudio2) and start Genre Desktop again.</source>
        <translation>Installieren Sie sie (unter Debian und Ubuntu: sudo apt install libportaudio2) und starten Sie Genre Desktop neu.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The configuration of ALSA, the sound system, is missing on this computer or cannot be read.</source>
        <translation>Die Konfiguration von ALSA, dem Tonsystem, fehlt auf diesem Computer oder kann nicht gelesen werden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Install it again (on Debian and Ubuntu: sudo apt install --reinstall libasound2-data) and start Genre Desktop again.</source>
        <translation>Installieren Sie sie neu (unter Debian und Ubuntu: sudo apt install --reinstall libasound2-data) und starten Sie Genre Desktop neu.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>No microphone was found</source>
        <translation>Kein Mikrofon gefunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The system lists no input device.</source>
        <translation>Das System nennt kein Eingabegerät.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug in a microphone, or see whether the sound server is running; listening begins by itself.</source>
        <translation>Schließen Sie ein Mikrofon an oder sehen Sie nach, ob der Tonserver läuft; das Zuhören beginnt von selbst.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The chosen device is not connected</source>
        <translation>Das gewählte Gerät ist nicht angeschlossen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} is not among the system's input devices.</source>
        <translation>{name} gehört nicht zu den Eingabegeräten des Systems.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it in again, and it is used as soon as it is back, or choose another one.</source>
        <translation>Schließen Sie es wieder an, dann wird es benutzt, sobald es da ist, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device went away</source>
        <translation>Das Gerät ist verschwunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} stopped sending sound: it was unplugged, or the sound server ended.</source>
        <translation>{name} sendet keinen Ton mehr: Es wurde abgezogen, oder der Tonserver wurde beendet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it in again; listening goes on as soon as it is back.</source>
        <translation>Schließen Sie es wieder an; das Zuhören geht weiter, sobald es da ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The output went away</source>
        <translation>Die Ausgabe ist verschwunden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} stopped playing: it was unplugged, or the sound server ended.</source>
        <translation>{name} spielt nicht mehr: Es wurde abgezogen, oder der Tonserver wurde beendet.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Connect it again, or choose another output in the system's sound settings, and press Play.</source>
        <translation>Schließen Sie es wieder an oder wählen Sie in den Toneinstellungen des Systems eine andere Ausgabe und drücken Sie auf Wiedergabe.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device stopped sending</source>
        <translation>Das Gerät sendet nicht mehr</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Nothing has come from {name} for some seconds, as happens after the computer slept.</source>
        <translation>Von {name} kam seit einigen Sekunden nichts, wie es geschieht, nachdem der Rechner geschlafen hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device is being opened again; if that does not help, plug it out and in.</source>
        <translation>Das Gerät wird neu geöffnet; hilft das nicht, ziehen Sie es ab und stecken es wieder an.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>No signal</source>
        <translation>Kein Signal</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} hears what this computer plays, and nothing plays there now.</source>
        <translation>{name} hört, was dieser Computer abspielt, und dort läuft gerade nichts.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Play something through these loudspeakers, or choose a microphone to hear the room.</source>
        <translation>Spielen Sie etwas über diese Lautsprecher ab, oder wählen Sie ein Mikrofon, um den Raum zu hören.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} sends pure digital silence, so it is probably muted, switched off, or not allowed.</source>
        <translation>{name} sendet reine digitale Stille, ist also wohl stumm, ausgeschaltet oder nicht erlaubt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The microphone may not be used</source>
        <translation>Das Mikrofon darf nicht benutzt werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Add your user to the audio group, or open the device from your own session.</source>
        <translation>Nehmen Sie Ihren Benutzer in die Gruppe audio auf oder öffnen Sie das Gerät aus Ihrer eigenen Sitzung.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device is in use</source>
        <translation>Das Gerät ist in Gebrauch</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} is used by another program, or has just been unplugged.</source>
        <translation>{name} wird von einem anderen Programm benutzt oder wurde gerade abgezogen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Close the other program; listening begins as soon as the device is free.</source>
        <translation>Schließen Sie das andere Programm; das Zuhören beginnt, sobald das Gerät frei ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device refuses every sample rate we know</source>
        <translation>Das Gerät lehnt jede Abtastrate ab, die wir kennen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} accepted no common sample rate and channel count.</source>
        <translation>{name} nahm keine übliche Abtastrate und Kanalzahl an.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Set it to 44100 or 48000 Hz in the system's sound settings, or choose another device.</source>
        <translation>Stellen Sie es in den Toneinstellungen des Systems auf 44100 oder 48000 Hz oder wählen Sie ein anderes Gerät.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>The device cannot be opened</source>
        <translation>Das Gerät lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>{name} could not be opened: {_plain}.</source>
        <translation>{name} ließ sich nicht öffnen: {_plain}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>Plug it out and in, or choose another device.</source>
        <translation>Ziehen Sie es ab und stecken Sie es wieder an oder wählen Sie ein anderes Gerät.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/faults.py"/>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>It is hidden</source>
        <translation>Versteckt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Its name begins with a dot. Rename it, if it is music to be read.</source>
        <translation>Der Name beginnt mit einem Punkt. Benennen Sie es um, wenn es gelesen werden soll.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>This folder may not be opened</source>
        <translation>Dieser Ordner darf nicht geöffnet werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>The system denies access to {folder}.</source>
        <translation>Das System verweigert den Zugriff auf {folder}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Change the folder's permissions; everything else is analysed.</source>
        <translation>Ändern Sie die Zugriffsrechte des Ordners; alles andere wird analysiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>This folder cannot be opened</source>
        <translation>Dieser Ordner lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Looking into {folder} failed: {error}.</source>
        <translation>Das Durchsehen von {folder} ist gescheitert: {error}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/files.py"/>
        <source>Check that the disk or network folder is connected; everything else is analysed.</source>
        <translation>Prüfen Sie, ob das Laufwerk oder der Netzwerkordner verbunden ist; alles andere wird analysiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>Sound cannot be played</source>
        <translation>Es lässt sich kein Ton abspielen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>There is nothing to play through</source>
        <translation>Es gibt nichts, worüber gespielt werden könnte</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>The system lists no output device.</source>
        <translation>Das System nennt kein Ausgabegerät.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/player.py"/>
        <source>Connect loudspeakers or headphones and try again.</source>
        <translation>Schließen Sie Lautsprecher oder Kopfhörer an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Take {now}</source>
        <translation>Aufnahme {now}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>there are a thousand takes of this second</source>
        <translation>von dieser Sekunde gibt es tausend Aufnahmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The take has ended</source>
        <translation>Die Aufnahme ist zu Ende</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The device went away or was changed while it was recorded; everything up to then is saved.</source>
        <translation>Das Gerät verschwand oder wurde während der Aufnahme gewechselt; alles bis dahin ist gespeichert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Press Record for a new take once it listens again.</source>
        <translation>Drücken Sie Aufnehmen für eine neue Aufnahme, sobald wieder zugehört wird.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>There is not enough room left to record.</source>
        <translation>Für die Aufnahme reicht der Platz nicht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The disk is full</source>
        <translation>Die Festplatte ist voll</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>There is not enough room left to record; what was recorded so far is saved.</source>
        <translation>Für die Aufnahme reicht der Platz nicht mehr; was bisher aufgenommen wurde, ist gespeichert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Make room on the disk, or choose another folder for takes.</source>
        <translation>Schaffen Sie Platz auf der Festplatte oder wählen Sie einen anderen Ordner für Aufnahmen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>The take cannot be saved</source>
        <translation>Die Aufnahme lässt sich nicht speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>Writing to the folder for takes failed: {error}.</source>
        <translation>Das Schreiben in den Ordner für Aufnahmen ist gescheitert: {error}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/recorder.py"/>
        <source>See whether the folder may be written to and its disk is connected.</source>
        <translation>Sehen Sie nach, ob in den Ordner geschrieben werden darf und sein Laufwerk verbunden ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file is write-protected</source>
        <translation>Diese Datei ist schreibgeschützt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} may be read, but not changed.</source>
        <translation>{name} darf gelesen, aber nicht geändert werden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Allow changes in the file's properties, then write its tag again.</source>
        <translation>Erlauben Sie Änderungen in den Eigenschaften der Datei und schreiben Sie ihr Tag dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file holds another song now</source>
        <translation>Diese Datei enthält jetzt ein anderes Lied</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} was changed after it was analysed.</source>
        <translation>{name} wurde nach der Analyse geändert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Analyse it again, then write its tag.</source>
        <translation>Analysieren Sie sie noch einmal und schreiben Sie dann ihr Tag.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The tag was not written</source>
        <translation>Das Tag wurde nicht geschrieben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>In {name} it would have changed more than the tag.</source>
        <translation>In {name} hätte sich mehr geändert als das Tag.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was; write its tag with another program.</source>
        <translation>Die Datei ist, wie sie war; schreiben Sie ihr Tag mit einem anderen Programm.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>the tag could not be read back</source>
        <translation>das Tag ließ sich nicht zurücklesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The tags of this file cannot be read</source>
        <translation>Die Tags dieser Datei lassen sich nicht lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was; mend its tags with another program first.</source>
        <translation>Die Datei ist, wie sie war; reparieren Sie ihre Tags zuerst mit einem anderen Programm.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} was moved or deleted, or its disk is not connected.</source>
        <translation>{name} wurde verschoben oder gelöscht, oder das Laufwerk ist nicht verbunden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Open it from its new place.</source>
        <translation>Öffnen Sie sie an ihrem neuen Ort.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>The file is as it was. Close programs that use it, check the disk and its permissions, and try again.</source>
        <translation>Die Datei ist, wie sie war. Schließen Sie Programme, die sie benutzen, prüfen Sie Laufwerk und Zugriffsrechte und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This kind of file holds no genre</source>
        <translation>Diese Art Datei kann kein Genre aufnehmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>{name} is in a format whose tags have no place for one, or that cannot be written safely.</source>
        <translation>{name} hat ein Format, dessen Tags keinen Platz dafür haben oder das sich nicht sicher schreiben lässt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>mp3, m4a, flac, ogg, opus, aiff, wav, wma and ape files can hold one.</source>
        <translation>mp3-, m4a-, flac-, ogg-, opus-, aiff-, wav-, wma- und ape-Dateien können eines aufnehmen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>This file was changed meanwhile</source>
        <translation>Diese Datei wurde inzwischen geändert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/audio/tags.py"/>
        <source>Another program wrote to {name} just now.</source>
        <translation>Ein anderes Programm hat gerade in {name} geschrieben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Restore the starter models, or roll back to an earlier version.</source>
        <translation>Stellen Sie die Startmodelle wieder her oder kehren Sie zu einer früheren Version zurück.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The folder is not empty</source>
        <translation>Der Ordner ist nicht leer</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{folder} holds other files.</source>
        <translation>{folder} enthält andere Dateien.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model is not whole</source>
        <translation>Das Modell ist unvollständig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{file} is damaged ({__name__}: {error}).</source>
        <translation>{file} ist beschädigt ({__name__}: {error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model comes from a newer version</source>
        <translation>Das Modell stammt von einer neueren Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It has format {written}; this program knows {format}.</source>
        <translation>Es hat Format {written}; dieses Programm kennt {format}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Update Genre Desktop.</source>
        <translation>Aktualisieren Sie Genre Desktop.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model was refused</source>
        <translation>Das Modell wurde abgelehnt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>More than {max_depth} models stand on one another.</source>
        <translation>Mehr als {max_depth} Modelle bauen aufeinander auf.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model answers differently than when it was stored</source>
        <translation>Das Modell antwortet anders als beim Speichern</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Another version of its libraries computes it in another way.</source>
        <translation>Eine andere Version seiner Bibliotheken rechnet anders.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>Train a new model, or restore the starter models.</source>
        <translation>Trainieren Sie ein neues Modell oder stellen Sie die Startmodelle wieder her.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model cannot be used</source>
        <translation>Das Modell lässt sich nicht verwenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It does not fit together ({__name__}: {error}).</source>
        <translation>Es passt nicht zusammen ({__name__}: {error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model expects other features</source>
        <translation>Das Modell erwartet andere Merkmale</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>It was trained on another list of features.</source>
        <translation>Es wurde mit einer anderen Liste von Merkmalen trainiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model file is not whole</source>
        <translation>Die Modelldatei ist unvollständig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} cannot be read.</source>
        <translation>{name} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} has {data} bytes instead of {bytes}.</source>
        <translation>{name} hat {data} Bytes statt {bytes}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} is no regular file.</source>
        <translation>{name} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} is larger than {max_file} MiB.</source>
        <translation>{name} ist größer als {max_file} MiB.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model is missing</source>
        <translation>Das Modell fehlt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{path} cannot be read ({error}).</source>
        <translation>{path} lässt sich nicht lesen ({error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{file} names a file it must not name: {name}.</source>
        <translation>{file} nennt eine Datei, die es nicht nennen darf: {name}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>The model was changed</source>
        <translation>Das Modell wurde verändert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/bundle.py"/>
        <source>{name} is not the file that was registered.</source>
        <translation>{name} ist nicht die Datei, die registriert wurde.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/contest.py"/>
        <source>It has learned from nothing but the reference clips, which the starter models know. {reason}</source>
        <translation>Es hat nur von den Referenzclips gelernt, und die kennen die Startmodelle. {reason}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Too few clips to judge</source>
        <translation>Zu wenige Clips zum Beurteilen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>{n} clips were answered since the last check; {minimum} are needed.</source>
        <translation>{n} Clips wurden seit der letzten Prüfung beantwortet; {minimum} sind nötig.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse more music; the check runs again by itself.</source>
        <translation>Analysieren Sie mehr Musik; die Prüfung läuft von selbst wieder.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>These clips cannot be compared</source>
        <translation>Diese Clips lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>They have {shape} features; the reference has {reference}.</source>
        <translation>Sie haben {shape} Merkmale; die Referenz hat {reference}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse the music again with this version of the program.</source>
        <translation>Analysieren Sie die Musik mit dieser Version des Programms noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>{int} of them hold values that are no numbers, the first in {name}.</source>
        <translation>{int} davon enthalten Werte, die keine Zahlen sind, den ersten in {name}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift.py"/>
        <source>Analyse the music again.</source>
        <translation>Analysieren Sie die Musik noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Reading what the champion learned from</source>
        <translation>Es wird gelesen, was der Champion gelernt hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Window {number} of {windows}</source>
        <translation>Fenster {number} von {windows}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>{threshold} would be a drift</source>
        <translation>{threshold} wären eine Drift</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>{n_current} clips are like files that were compressed with loss, such as mp3; {drifted_share} of their features differ ({limit}).</source>
        <translation>{n_current} Clips gleichen verlustbehaftet komprimierten Dateien, etwa mp3; {drifted_share} ihrer Merkmale weichen ab ({limit}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>{n} clips were answered so far; {minimum} are needed.</source>
        <translation>{n} Clips wurden bisher beantwortet; {minimum} sind nötig.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Analyse more music, then check again.</source>
        <translation>Analysieren Sie mehr Musik und prüfen Sie dann noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_job.py"/>
        <source>Writing the report</source>
        <translation>Der Bericht wird geschrieben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_report.py"/>
        <source>The drift report could not be written</source>
        <translation>Der Driftbericht ließ sich nicht schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/drift_report.py"/>
        <source>Choose another place, or free some space.</source>
        <translation>Wählen Sie einen anderen Ort oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} failed ({__name__}: {error}).</source>
        <translation>Version {version} ist gescheitert ({__name__}: {error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} answered with values that are no numbers.</source>
        <translation>Version {version} antwortete mit Werten, die keine Zahlen sind.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} is still busy with an earlier clip.</source>
        <translation>Version {version} ist noch mit einem früheren Clip beschäftigt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Version {version} took longer than {budget} s.</source>
        <translation>Version {version} brauchte länger als {budget} s.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>The model does not work</source>
        <translation>Das Modell funktioniert nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Restore the starter models, or train a new one.</source>
        <translation>Stellen Sie die Startmodelle wieder her oder trainieren Sie ein neues.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Neither the champion nor the fallback works.</source>
        <translation>Weder der Champion noch das Rückfallmodell funktioniert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/duty.py"/>
        <source>Restore the starter models on the Models page.</source>
        <translation>Stellen Sie auf der Seite Modelle die Startmodelle wieder her.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>There is no such family of models</source>
        <translation>Eine solche Familie von Modellen gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>{name} is none of {join}.</source>
        <translation>{name} ist keine von {join}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/families.py"/>
        <source>Choose one or several of them, separated by commas.</source>
        <translation>Wählen Sie eine oder mehrere davon, durch Kommas getrennt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Shrinkage LDA</source>
        <translation>LDA mit Schrumpfung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Logistic regression</source>
        <translation>Logistische Regression</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Support vectors</source>
        <translation>Stützvektoren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Random forest</source>
        <translation>Zufallswald</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Nearest neighbours</source>
        <translation>Nächste Nachbarn</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Adapted starter model</source>
        <translation>Angepasstes Startmodell</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/family_titles.py"/>
        <source>Vote of several families</source>
        <translation>Abstimmung mehrerer Familien</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>This clip is too short</source>
        <translation>Dieser Clip ist zu kurz</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>It lasts {seconds} s; a genre needs at least {shortest_s} s of sound.</source>
        <translation>Er dauert {seconds} s; ein Genre braucht mindestens {shortest_s} s Ton.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Choose a longer piece.</source>
        <translation>Wählen Sie ein längeres Stück.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>This sound is damaged</source>
        <translation>Dieser Ton ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>It holds samples that are not numbers.</source>
        <translation>Er enthält Abtastwerte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Export or convert the file again.</source>
        <translation>Exportieren oder wandeln Sie die Datei noch einmal um.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>There is nothing to hear</source>
        <translation>Es gibt nichts zu hören</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>The sound stays below -80 dB of full scale throughout.</source>
        <translation>Der Ton bleibt durchweg unter -80 dB der Vollaussteuerung.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/features.py"/>
        <source>Check the file or the input level.</source>
        <translation>Prüfen Sie die Datei oder den Eingangspegel.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_job.py"/>
        <source>Stopped. What was read is in the library; import again to go on.</source>
        <translation>Angehalten. Was gelesen wurde, ist in der Bibliothek; importieren Sie noch einmal, um weiterzumachen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_job.py"/>
        <source>{path}: {added} added, {result} skipped.</source>
        <translation>{path}: {added} hinzugefügt, {result} ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_report.py"/>
        <source>It is the same recording as {before}, which is in the library.</source>
        <translation>Es ist dieselbe Aufnahme wie {before}, die schon in der Bibliothek ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/import_report.py"/>
        <source>It is the same recording as {before}, which is in the library as {label}. A recording has one genre: remove the copy that lies in the wrong folder.</source>
        <translation>Es ist dieselbe Aufnahme wie {before}, die in der Bibliothek unter {label} steht. Eine Aufnahme hat ein Genre: Entfernen Sie die Kopie, die im falschen Ordner liegt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Nothing to import</source>
        <translation>Nichts zu importieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} holds no folders with audio files.</source>
        <translation>{root} enthält keine Ordner mit Tondateien.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Choose a folder that holds one folder for each genre.</source>
        <translation>Wählen Sie einen Ordner, der für jedes Genre einen Ordner enthält.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It has the same name and numbers as {content_hash}.</source>
        <translation>Name und Zahlen sind dieselben wie bei {content_hash}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Looking for audio files in {root}</source>
        <translation>In {root} werden Tondateien gesucht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It lies in {name} itself and not in a folder named after a genre.</source>
        <translation>Sie liegt in {name} selbst und nicht in einem Ordner, der nach einem Genre benannt ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>There is no such folder</source>
        <translation>Einen solchen Ordner gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} does not exist.</source>
        <translation>{root} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Check the name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>This is neither a folder nor a table</source>
        <translation>Das ist weder ein Ordner noch eine Tabelle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>{root} is a file of another kind.</source>
        <translation>{root} ist eine Datei anderer Art.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Choose a folder that holds one folder for each genre, or a CSV table of features.</source>
        <translation>Wählen Sie einen Ordner, der für jedes Genre einen Ordner enthält, oder eine CSV-Tabelle mit Merkmalen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>Nothing is known about it.</source>
        <translation>Darüber ist nichts bekannt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/importer.py"/>
        <source>It disappeared while it was read ({strerror}).</source>
        <translation>Sie verschwand, während sie gelesen wurde ({strerror}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about {round} min left</source>
        <translation>noch etwa {round} min</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/job_context.py"/>
        <source>about {seconds} h left</source>
        <translation>noch etwa {seconds} h</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/predictor.py"/>
        <source>Choosing a genre</source>
        <translation>Ein Genre wird gewählt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Version {version} ({family}) is ahead of the old champion by {ahead} G-Mean and is of another family than the new one.</source>
        <translation>Version {version} ({family}) liegt mit {ahead} G-Mean vor dem alten Champion und gehört zu einer anderen Familie als der neue.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>The old champion stands by: no other family is clearly better in that role.</source>
        <translation>Der alte Champion bleibt in Reserve: Keine andere Familie ist in dieser Rolle klar besser.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>G-Mean {before} → {after} on {n} held-out clips (difference {value}, 90 % between {low} and {high}; ahead in {p_better} of draws by G-Mean, {p_better2} by log-loss, which is {value2})</source>
        <translation>G-Mean {before} → {after} an {n} zurückgehaltenen Clips (Unterschied {value}, zu 90 % zwischen {low} und {high}; vorn in {p_better} der Ziehungen nach G-Mean, in {p_better2} nach Log-Loss, das {value2} beträgt)</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Better by more than chance: {figures}.</source>
        <translation>Über den Zufall hinaus besser: {figures}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Better overall, but {forgotten} of the reference clips would be forgotten: {figures}.</source>
        <translation>Insgesamt besser, aber {forgotten} der Referenzclips würden vergessen: {figures}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/promotion.py"/>
        <source>Not better by more than chance: {figures}.</source>
        <translation>Nicht über den Zufall hinaus besser: {figures}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>There is no {path}.</source>
        <translation>Es gibt kein {path}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>It was measured as feature version {version}; this app measures {feature_version}.</source>
        <translation>Sie wurde mit der Merkmalsversion {version} gemessen; dieses Programm misst {feature_version}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>The reference table cannot be used</source>
        <translation>Die Referenztabelle lässt sich nicht verwenden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/reference_rows.py"/>
        <source>Training goes on without it; install the program again to get it back.</source>
        <translation>Das Training geht ohne sie weiter; installieren Sie das Programm neu, um sie zurückzubekommen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>It was champion until version {version}.</source>
        <translation>Sie war Champion bis Version {version}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>Rolled back by hand.</source>
        <translation>Von Hand zurückgekehrt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>There is nothing to roll back</source>
        <translation>Es gibt keinen Vorgänger</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>No promotion has been made in this registry.</source>
        <translation>In diesem Modellregister hat noch kein Champion gewechselt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>Choose a version on the Models page and promote it instead.</source>
        <translation>Wählen Sie stattdessen auf der Seite Modelle eine Version und machen Sie sie zum Champion.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry.py"/>
        <source>rolled back</source>
        <translation>zurückgekehrt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>Tells the genre of a recording.</source>
        <translation>Nennt das Genre einer Aufnahme.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>There is no such model</source>
        <translation>Ein solches Modell gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>The registry holds no model called {selector}.</source>
        <translation>Das Modellregister enthält kein Modell namens {selector}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>See the Models page, or `genre-desktop models`, for what there is.</source>
        <translation>Was es gibt, zeigt die Seite Modelle oder der Befehl `genre-desktop models`.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>The model registry could not do this</source>
        <translation>Das Modellregister konnte das nicht tun</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_connection.py"/>
        <source>Try again; if it happens again, restore the starter models.</source>
        <translation>Versuchen Sie es noch einmal; geschieht es wieder, stellen Sie die Startmodelle wieder her.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Full MLflow is not installed.</source>
        <translation>Das vollständige MLflow ist nicht installiert.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Its server ended with code {returncode}.</source>
        <translation>Sein Server endete mit Code {returncode}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>MLflow's pages cannot be opened</source>
        <translation>Die Seiten von MLflow lassen sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_job.py"/>
        <source>Install it with: pip install 'genre-desktop[web]'. The Models page shows the same models.</source>
        <translation>Installieren Sie es mit: pip install 'genre-desktop[web]'. Die Seite Modelle zeigt dieselben Modelle.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_starters.py"/>
        <source>starter {alias}</source>
        <translation>Startmodell {alias}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_starters.py"/>
        <source>It came with this version of the program.</source>
        <translation>Es kam mit dieser Version des Programms.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry is busy</source>
        <translation>Das Modellregister ist beschäftigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Another Genre Desktop process is changing it.</source>
        <translation>Ein anderer Prozess von Genre Desktop ändert es gerade.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Wait until the other work has finished, and try again.</source>
        <translation>Warten Sie, bis die andere Arbeit fertig ist, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry comes from another version</source>
        <translation>Das Modellregister stammt von einer anderen Version</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>{path} could not be brought to this version ({_first_line}).</source>
        <translation>{path} ließ sich nicht auf diese Version bringen ({_first_line}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Update Genre Desktop, or move the registry folder away to start with the starter models.</source>
        <translation>Aktualisieren Sie Genre Desktop oder räumen Sie den Ordner des Modellregisters beiseite, um mit den Startmodellen zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>The model registry cannot be opened</source>
        <translation>Das Modellregister lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_store.py"/>
        <source>Restore the starter models; the damaged registry is kept beside the new one.</source>
        <translation>Stellen Sie die Startmodelle wieder her; das beschädigte Modellregister bleibt neben dem neuen erhalten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/registry_sweep.py"/>
        <source>the registry was opened without its experiment</source>
        <translation>das Modellregister wurde ohne sein Experiment geöffnet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>The library holds other features</source>
        <translation>Die Bibliothek enthält andere Merkmale</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Its rows have {shape} columns; this version measures {names}.</source>
        <translation>Ihre Zeilen haben {shape} Spalten; diese Version misst {names}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import the music again.</source>
        <translation>Importieren Sie die Musik noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>There is too little to learn from</source>
        <translation>Es gibt zu wenig zu lernen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>The library holds {clips} clips; training needs at least {minimum_clips}.</source>
        <translation>Die Bibliothek enthält {clips} Clips; das Training braucht mindestens {minimum_clips}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import music whose genre you know, or correct a few more answers.</source>
        <translation>Importieren Sie Musik, deren Genre Sie kennen, oder korrigieren Sie noch einige Antworten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>There is nothing to tell apart</source>
        <translation>Es gibt nichts zu unterscheiden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Every clip in the library is {y}.</source>
        <translation>Jeder Clip in der Bibliothek ist {y}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import or label music of at least one other genre.</source>
        <translation>Importieren oder benennen Sie Musik aus mindestens einem anderen Genre.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>A model could not be tested</source>
        <translation>Ein Modell ließe sich nicht prüfen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Every clip in the library belongs to {groups}, so none can be held out.</source>
        <translation>Jeder Clip in der Bibliothek gehört zu {groups}; keiner lässt sich zum Prüfen zurückhalten.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/rows.py"/>
        <source>Import music of other artists, or sort it into folders by artist.</source>
        <translation>Importieren Sie Musik anderer Interpreten oder ordnen Sie sie nach Interpreten in Ordner.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/search.py"/>
        <source>{title}: setting {number} of {trials}</source>
        <translation>{title}: Einstellung {number} von {trials}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>This file could not be read</source>
        <translation>Diese Datei konnte nicht gelesen werden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>The helper process that read it died, and did so again at a second attempt.</source>
        <translation>Der Hilfsprozess, der sie las, starb, und beim zweiten Versuch wieder.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>The file is probably damaged in an unusual way; convert it and try again.</source>
        <translation>Die Datei ist wohl auf ungewöhnliche Weise beschädigt; wandeln Sie sie um und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>Helper processes cannot run</source>
        <translation>Hilfsprozesse können nicht laufen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>{_deaths_in_a_row} of them died one after the other without finishing anything.</source>
        <translation>{_deaths_in_a_row} davon starben nacheinander, ohne etwas fertigzustellen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/side_by_side.py"/>
        <source>Close other programs if memory is short; the log may say more.</source>
        <translation>Schließen Sie andere Programme, wenn der Speicher knapp ist; im Log steht vielleicht mehr.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>The file holds nothing.</source>
        <translation>Die Datei enthält nichts.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Choose a table with a header and rows.</source>
        <translation>Wählen Sie eine Tabelle mit Kopf und Zeilen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It has a header but no rows.</source>
        <translation>Sie hat einen Kopf, aber keine Zeilen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Choose a table with rows.</source>
        <translation>Wählen Sie eine Tabelle mit Zeilen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>There is no file {path}.</source>
        <translation>Die Datei {path} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It cannot be read ({strerror}).</source>
        <translation>Sie lässt sich nicht lesen ({strerror}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Check that you may read it.</source>
        <translation>Prüfen Sie, ob Sie sie lesen dürfen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>It is not a table in text form ({error}).</source>
        <translation>Es ist keine Tabelle in Textform ({error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Save it as CSV in UTF-8.</source>
        <translation>Speichern Sie sie als CSV in UTF-8.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has {cells} cells where the header has {layout}</source>
        <translation>hat {cells} Zellen, wo der Kopf {layout} hat</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has no label</source>
        <translation>hat kein Genre</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>row {number}</source>
        <translation>Zeile {number}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has {found} for {column}, which is too large</source>
        <translation>hat {found} für {column}; das ist zu groß</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has {nothing} for {column}, which is no finite number</source>
        <translation>hat {nothing} für {column}; das ist keine endliche Zahl</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>has a length of {value}</source>
        <translation>hat eine Länge von {value}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>two labels ({some})</source>
        <translation>zwei Genres ({some})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>two rows for the same stretch</source>
        <translation>zwei Zeilen für denselben Abschnitt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>{name} has {what}.</source>
        <translation>{name} hat {what}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Keep one row for each stretch of a recording, told apart by start_s.</source>
        <translation>Behalten Sie eine Zeile für jeden Abschnitt einer Aufnahme, unterschieden durch start_s.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Line {number} {what}.</source>
        <translation>Zeile {number} {what}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_import.py"/>
        <source>Correct that line or leave it out.</source>
        <translation>Korrigieren Sie diese Zeile oder lassen Sie sie weg.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>No column says which genre a row is.</source>
        <translation>Keine Spalte sagt, welches Genre eine Zeile ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Name that column {join}.</source>
        <translation>Nennen Sie diese Spalte {join}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>None of its columns is a feature this app knows.</source>
        <translation>Keine ihrer Spalten ist ein Merkmal, das dieses Programm kennt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>{name} was not imported</source>
        <translation>{name} wurde nicht importiert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>docs/library.md lists the columns a table may have.</source>
        <translation>docs/library.md nennt die Spalten, die eine Tabelle haben darf.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Columns occur more than once: {some}.</source>
        <translation>Spalten kommen mehrfach vor: {some}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Give each column one name of its own.</source>
        <translation>Geben Sie jeder Spalte einen eigenen Namen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>Nobody knows what these columns are: {some}.</source>
        <translation>Niemand weiß, was diese Spalten sind: {some}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/table_layout.py"/>
        <source>{shown} and {names} more</source>
        <translation>{shown} und {names} weitere</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Opening the model registry</source>
        <translation>Das Modellregister wird geöffnet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Learning from {data} clips ({none}).</source>
        <translation>Gelernt wird von {data} Clips ({none}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>{outdated} clips were measured by an older version and are left out; import them again.</source>
        <translation>{outdated} Clips wurden von einer älteren Version gemessen und sind ausgelassen; importieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Storing the model</source>
        <translation>Das Modell wird abgelegt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Version {version}, {families}. {reason}</source>
        <translation>Version {version}, {families}. {reason}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Not promoted</source>
        <translation>Nicht zum Champion geworden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>No model could serve, so the starter models were restored.</source>
        <translation>Kein Modell konnte antworten, daher wurden die Startmodelle wiederhergestellt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>{title}: G-Mean {gmean} at best in the search.</source>
        <translation>{title}: G-Mean {gmean} als Bestes in der Suche.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>No other model works, so there is nothing to compare with.</source>
        <translation>Kein anderes Modell funktioniert; es gibt also nichts zu vergleichen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>Promotion was switched off for this run. {reason}</source>
        <translation>Der Wechsel des Champions war für diesen Lauf abgeschaltet. {reason}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/train_job.py"/>
        <source>not promoted</source>
        <translation>nicht zum Champion geworden</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/training.py"/>
        <source>Measuring the best model</source>
        <translation>Das beste Modell wird gemessen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>The model cannot be read</source>
        <translation>Das Modell lässt sich nicht lesen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} could not be rebuilt by this version of the program ({__name__}: {error}).</source>
        <translation>{name} ließ sich von dieser Version des Programms nicht aufbauen ({__name__}: {error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it unpacks to more than {max_unpacked} MiB</source>
        <translation>entpackt hat es mehr als {max_unpacked} MiB</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it contains {strange}</source>
        <translation>es enthält {strange}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it asks for an outdated way of reading</source>
        <translation>es verlangt eine veraltete Art des Lesens</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} is not a complete model file ({error}).</source>
        <translation>{name} ist keine vollständige Modelldatei ({error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>it holds {found} ({loader})</source>
        <translation>es enthält {found} ({loader})</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>{name} holds something that no model of ours is made of: {why}.</source>
        <translation>{name} enthält etwas, woraus keines unserer Modelle besteht: {why}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/ml/trusted.py"/>
        <source>a decision tree points outside itself</source>
        <translation>ein Entscheidungsbaum weist über sich hinaus</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>No sound files in this folder</source>
        <translation>Keine Tondateien in diesem Ordner</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>{folder} holds folders, which were not searched.</source>
        <translation>{folder} enthält Ordner, die nicht durchsucht wurden.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Nothing in {folder} has the name of a sound or video file.</source>
        <translation>Nichts in {folder} heißt wie eine Ton- oder Videodatei.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Add --recursive to search the folders in it.</source>
        <translation>Fügen Sie --recursive hinzu, um die Ordner darin zu durchsuchen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/batch.py"/>
        <source>Name a file itself to have it tried whatever it is called.</source>
        <translation>Nennen Sie eine Datei selbst, damit sie versucht wird, wie auch immer sie heißt.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Compares what you play with what the champion learned from.</source>
        <translation>Vergleicht, was Sie abspielen, mit dem, was der Champion gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Trains a candidate on your library and corrections; it serves only if it is better.</source>
        <translation>Trainiert einen Bewerber mit Ihrer Bibliothek und Ihren Korrekturen; er antwortet nur, wenn er besser ist.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Clears away what an interrupted training left behind.</source>
        <translation>Räumt weg, was ein abgebrochenes Training hinterlassen hat.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Deletes what is older than you keep and tidies the library file.</source>
        <translation>Löscht, was älter ist, als Sie behalten, und ordnet die Datei der Bibliothek.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Drift check</source>
        <translation>Driftprüfung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Checking for drift</source>
        <translation>Auf Drift prüfen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Drift was checked</source>
        <translation>Auf Drift geprüft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Check drift now</source>
        <translation>Jetzt auf Drift prüfen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Retraining</source>
        <translation>Neues Training</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Training is done</source>
        <translation>Das Training ist fertig</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>a retrain</source>
        <translation>ein neues Training</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Retrain now</source>
        <translation>Jetzt neu trainieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Registry sweep</source>
        <translation>Modellregister aufräumen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Tidying the registry</source>
        <translation>Das Modellregister aufräumen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The registry is in order</source>
        <translation>Das Modellregister ist in Ordnung</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Store maintenance</source>
        <translation>Datenbestand pflegen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Tidying up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The store is tidy</source>
        <translation>Der Datenbestand ist gepflegt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Importing</source>
        <translation>Import läuft</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Import finished</source>
        <translation>Import beendet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>an import</source>
        <translation>ein Import</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>MLflow’s own pages</source>
        <translation>Eigene Seiten von MLflow</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Promoting a model</source>
        <translation>Ein Modell zum Champion machen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>the promotion of a model</source>
        <translation>ein Wechsel des Champions</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Rolling back</source>
        <translation>Rückkehr zum Vorgänger</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The model before serves again</source>
        <translation>Das vorherige Modell antwortet wieder</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>a roll back</source>
        <translation>eine Rückkehr zum Vorgänger</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Roll back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The model that served before the last promotion becomes champion again. Nothing is deleted.</source>
        <translation>Das Modell, das vor dem letzten Wechsel antwortete, wird wieder Champion. Nichts wird gelöscht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Restoring the starter models</source>
        <translation>Startmodelle werden wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The starter models serve again</source>
        <translation>Die Startmodelle antworten wieder</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>the return of the starter models</source>
        <translation>die Rückkehr der Startmodelle</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Restore starter models</source>
        <translation>Startmodelle zurückholen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>The models that came with the program serve again. Yours stay in the registry.</source>
        <translation>Die mitgelieferten Modelle antworten wieder. Ihre bleiben im Modellregister.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Writing genre tags</source>
        <translation>Genre-Tags schreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>the writing of tags</source>
        <translation>das Schreiben von Tags</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/catalogue.py"/>
        <source>Putting genre tags back</source>
        <translation>Genre-Tags zurückschreiben</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it did not end</source>
        <translation>er endete nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it was ended by {name}</source>
        <translation>er wurde durch {name} beendet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/child.py"/>
        <source>it left with exit code {code}</source>
        <translation>er endete mit Code {code}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>The registry is in order.</source>
        <translation>Das Modellregister ist in Ordnung.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>Promoted by hand.</source>
        <translation>Von Hand zum Champion gemacht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/chores.py"/>
        <source>Champion is version {champion}, fallback version {none}.</source>
        <translation>Champion ist Version {champion}, Rückfallmodell Version {none}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/details.py"/>
        <source>There is nothing to compare this song with</source>
        <translation>Es gibt nichts, womit sich dieses Lied vergleichen ließe</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/details.py"/>
        <source>Neither your library nor the reference that comes with the program can be read.</source>
        <translation>Weder Ihre Bibliothek noch die Referenz, die dem Programm beiliegt, lässt sich lesen.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/details.py"/>
        <source>Import some music on the Library page.</source>
        <translation>Importieren Sie auf der Seite Bibliothek etwas Musik.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it was not ready after {start_s} s</source>
        <translation>er war nach {start_s} s nicht bereit</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it did not stop when asked to</source>
        <translation>er hielt nicht an, als er darum gebeten wurde</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>it gave no sign of life for {stuck_s} s</source>
        <translation>er gab {stuck_s} s lang kein Lebenszeichen</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>This could not be analysed</source>
        <translation>Das ließ sich nicht analysieren</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>The process that read it ended twice: {why}.</source>
        <translation>Der Prozess, der es las, endete zweimal: {why}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Convert the file to WAV or FLAC and try again; the log has the details.</source>
        <translation>Wandeln Sie die Datei in WAV oder FLAC um und versuchen Sie es noch einmal; Einzelheiten stehen im Log.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>The analysis process does not start</source>
        <translation>Der Analyseprozess startet nicht</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Starting it failed several times: {why}.</source>
        <translation>Der Start ist mehrmals gescheitert: {why}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/host.py"/>
        <source>Run genre-desktop doctor, free some memory, and try again; the log has the details.</source>
        <translation>Führen Sie genre-desktop doctor aus, geben Sie Speicher frei und versuchen Sie es noch einmal; Einzelheiten stehen im Log.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>{title} is already running</source>
        <translation>{title} läuft bereits</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>Another window or command started it, and two at once would get in each other's way.</source>
        <translation>Ein anderes Fenster oder ein Befehl hat es gestartet, und zwei zugleich kämen sich in die Quere.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_entry.py"/>
        <source>Wait until it is done, or cancel it there.</source>
        <translation>Warten Sie, bis es fertig ist, oder brechen Sie es dort ab.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>There is no job “{name}”</source>
        <translation>Es gibt keine Aufgabe „{name}“</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>The jobs are {join}.</source>
        <translation>Die Aufgaben sind {join}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Choose one of them.</source>
        <translation>Wählen Sie eine davon.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>{title} ended unexpectedly</source>
        <translation>{title} endete unerwartet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Its process is gone: {why}.</source>
        <translation>Der Prozess ist verschwunden: {why}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/job_process.py"/>
        <source>Nothing was changed. Run it again; its log has the details.</source>
        <translation>Nichts wurde geändert. Führen Sie es noch einmal aus; Einzelheiten stehen im Log.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>{deleted} predictions older than {days} days were deleted.</source>
        <translation>{deleted} Antworten, die älter als {days} Tage waren, wurden gelöscht.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>All predictions are kept.</source>
        <translation>Alle Antworten bleiben.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Tidying the library file</source>
        <translation>Die Datei der Bibliothek wird geordnet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Your library file is damaged</source>
        <translation>Die Datei Ihrer Bibliothek ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>SQLite reports: {join}.</source>
        <translation>SQLite meldet: {join}.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/maintenance.py"/>
        <source>Restore the file from a backup, or import your music again into a new library.</source>
        <translation>Stellen Sie die Datei aus einer Sicherung wieder her oder importieren Sie Ihre Musik neu in eine neue Bibliothek.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/operations.py"/>
        <source>This answer could not be remembered: {reason}</source>
        <translation>Diese Antwort konnte nicht gemerkt werden: {reason}</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>The Prometheus endpoint is not installed</source>
        <translation>Der Prometheus-Endpunkt ist nicht installiert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>It needs the Python package prometheus-client.</source>
        <translation>Er braucht das Python-Paket prometheus-client.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Install it with: pip install 'genre-desktop[metrics]'</source>
        <translation>Installieren Sie es mit: pip install 'genre-desktop[metrics]'</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>The Prometheus endpoint cannot start</source>
        <translation>Der Prometheus-Endpunkt kann nicht starten</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Port {port} is taken ({error}).</source>
        <translation>Port {port} ist belegt ({error}).</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/prometheus.py"/>
        <source>Choose another port in Preferences › Monitoring.</source>
        <translation>Wählen Sie unter Einstellungen › Überwachung einen anderen Port.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>the computer is plugged in</source>
        <translation>der Rechner am Netz hängt</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>live mode stops</source>
        <translation>die Live-Analyse endet</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/scheduler.py"/>
        <source>{title} is done</source>
        <translation>{title} fertig ist</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/tagging.py"/>
        <source>This tag was changed by somebody else</source>
        <translation>Dieses Tag hat jemand anders geändert</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/tagging.py"/>
        <source>{name} says “{now}” now, which is not what was written.</source>
        <translation>In {name} steht jetzt „{now}“, und das ist nicht, was geschrieben wurde.</translation>
    </message>
    <message>
        <location filename="../../genre_desktop/jobs/tagging.py"/>
        <source>It stays as it is.</source>
        <translation>Es bleibt, wie es ist.</translation>
    </message>
</context>
</TS>
