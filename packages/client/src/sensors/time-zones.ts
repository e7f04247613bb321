/** Countries by the cities that zones are named for, https://www.iana.org/time-zones; of a country with many zones those
 * where most people live. */
const CITIES =
  'AR Buenos_Aires,AT Vienna,AU Sydney Melbourne Brisbane Perth Adelaide Hobart Darwin,BE Brussels,BG Sofia,' +
  'BR Sao_Paulo Bahia Fortaleza Recife Manaus,CA Toronto Vancouver Montreal Edmonton Winnipeg Halifax,CH Zurich,' +
  'CL Santiago,CN Shanghai,CO Bogota,CZ Prague,DE Berlin,DK Copenhagen,EE Tallinn,EG Cairo,ES Madrid Canary,' +
  'FI Helsinki,FR Paris,GB London,GR Athens,HK Hong_Kong,HR Zagreb,HU Budapest,ID Jakarta,IE Dublin,IL Jerusalem,' +
  'IN Kolkata Calcutta,IS Reykjavik,IT Rome,JP Tokyo,KE Nairobi,KR Seoul,LT Vilnius,LU Luxembourg,LV Riga,' +
  'MA Casablanca,MX Mexico_City Monterrey Tijuana,MY Kuala_Lumpur,NG Lagos,NL Amsterdam,NO Oslo,NZ Auckland,PE Lima,' +
  'PH Manila,PK Karachi,PL Warsaw,PT Lisbon Madeira Azores,RO Bucharest,RS Belgrade,RU Moscow,SA Riyadh,SE Stockholm,' +
  'SG Singapore,SI Ljubljana,SK Bratislava,TH Bangkok,TR Istanbul,TW Taipei,UA Kyiv Kiev,' +
  'US New_York Chicago Denver Los_Angeles Phoenix Detroit Anchorage Honolulu,VN Ho_Chi_Minh Saigon,ZA Johannesburg';

/** In the names of zones of the southern half, whose seasons are turned. */
const SOUTH =
  /Australia|Antarctica|Auckland|Fiji|Johannesburg|Harare|Maputo|Windhoek|Argentina|Sao_Paulo|Santiago|Montevideo|Asuncion|Lima/;

/** Where a time zone lies. @param zone an IANA name, e.g. `Europe/Berlin` */
export function placeOf(zone: string): { readonly country: string | undefined; readonly isSouth: boolean } {
  const city = zone.split('/').at(-1);
  const [country] = CITIES.split(',')
    .map((line) => line.split(' '))
    .find(([, ...cities]) => cities.some((name) => name === city)) ?? [undefined];
  return { country, isSouth: SOUTH.test(zone) };
}
