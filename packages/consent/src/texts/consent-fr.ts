import type { ConsentTexts } from '../consent-texts.ts';

export const TEXTS: ConsentTexts = {
  language: 'fr',
  title: 'Cette page peut-elle s’adapter à vous ?',
  body:
    'Ce site peut organiser la page selon le moment et retenir ce qui vous plaît, sur cet appareil seulement : ' +
    'vos goûts ne sont jamais envoyés. Si vous acceptez, ce qui a été montré et choisi est aussi ajouté à des totaux.',
  accept: 'Accepter',
  refuse: 'Refuser',
  choose: 'Choisir',
  preferences: 'Vos choix',
  refuseAll: 'Tout refuser',
  save: 'Enregistrer',
  close: 'Fermer',
  honoured: 'Votre demande d’opposition est respectée',
  necessary:
    'Votre réponse elle-même est gardée dans ce navigateur, un refus {days} jours, le reste 180, pour ne pas vous la ' +
    'demander à chaque page.',
  context: 'S’adapter au moment',
  contextDetail: 'Organise la page selon l’heure, la météo et l’appareil ; rien n’est enregistré ni envoyé.',
  profile: 'Retenir ce qui vous plaît',
  profileDetail:
    'Garde ce que vous regardez, cherchez et aimez sur cet appareil seulement ; si vous refusez, tout cela est effacé.',
  measurement: 'Compter ce qui marche',
  measurementDetail:
    'Ajoute à des totaux ce qui a été montré et choisi ; ce qui a été compté ne peut pas être retiré.',
  research: 'Partager des choix isolés',
  researchDetail:
    'Envoie un par un ce qui a été montré, quand, et ce que vous avez choisi, sans identifiant et sans vos goûts.',
};
