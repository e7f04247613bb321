import type { ConsentTexts } from '../consent-texts.ts';

export const TEXTS: ConsentTexts = {
  language: 'de',
  title: 'Darf sich diese Seite an Sie anpassen?',
  body:
    'Diese Website kann die Seite nach dem Augenblick ordnen und sich merken, was Ihnen gefällt, nur auf diesem ' +
    'Gerät: Ihre Vorlieben werden nie gesendet. Mit Ihrer Zustimmung wird auch mitgezählt, was gezeigt und gewählt wurde.',
  accept: 'Annehmen',
  refuse: 'Ablehnen',
  choose: 'Auswählen',
  preferences: 'Ihre Auswahl',
  refuseAll: 'Alles ablehnen',
  save: 'Speichern',
  close: 'Schließen',
  honoured: 'Ihr Widerspruch wurde beachtet',
  necessary:
    'Ihre Antwort selbst bleibt in diesem Browser, eine Ablehnung {days} Tage, alles andere 180, damit wir Sie nicht auf ' +
    'jeder Seite fragen.',
  context: 'An den Augenblick anpassen',
  contextDetail:
    'Ordnet die Seite nach Tageszeit, Wetter und Gerät; dabei wird nichts gespeichert oder gesendet.',
  profile: 'Merken, was Ihnen gefällt',
  profileDetail:
    'Hält nur auf diesem Gerät fest, was Sie ansehen, suchen und mögen; wenn Sie ablehnen, wird es gelöscht.',
  measurement: 'Zählen, was gut ankommt',
  measurementDetail:
    'Zählt mit, was gezeigt und gewählt wurde; was gezählt ist, lässt sich nicht zurücknehmen.',
  research: 'Einzelne Entscheidungen teilen',
  researchDetail:
    'Sendet einzeln, was wann gezeigt wurde und was Sie gewählt haben, ohne Kennung und ohne Ihre Vorlieben.',
};
