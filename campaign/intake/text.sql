-- Texts as they arrive, as plain text.
-- A macro is written out wherever it stands, its argument at each place where it is used: nest them by steps (CTE).

-- Letters and figures, within the brackets of a pattern. The classes of Unicode for them have eight hundred ranges: to make a pattern of
-- them takes ten times as long as of these. Marks and punctuation that stand among other scripts' letters only are taken for letters.
create or replace temp macro intake_letters() as
    '0-9A-Za-z\x{aa}\x{b2}-\x{b3}\x{b5}\x{b9}-\x{ba}\x{bc}-\x{be}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2c1}'
    || '\x{2c6}-\x{2d1}\x{2e0}-\x{2e4}\x{2ec}\x{2ee}\x{370}-\x{1ffc}\x{2070}-\x{2071}\x{2074}-\x{2079}'
    || '\x{207f}-\x{2089}\x{2090}-\x{209c}\x{2102}\x{2107}\x{210a}-\x{2113}\x{2115}\x{2119}-\x{211d}\x{2124}\x{2126}'
    || '\x{2128}\x{212a}-\x{212d}\x{212f}-\x{2139}\x{213c}-\x{213f}\x{2145}-\x{2149}\x{214e}\x{2150}-\x{2189}'
    || '\x{2460}-\x{249b}\x{24ea}-\x{24ff}\x{2776}-\x{2793}\x{2c00}-\x{2dde}\x{2e2f}\x{3005}-\x{3007}'
    || '\x{3021}-\x{3029}\x{3031}-\x{3035}\x{3038}-\x{303c}\x{3041}-\x{d7fb}\x{f900}-\x{fdfb}\x{fe70}-\x{fefc}'
    || '\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ff66}-\x{ffdc}\x{10000}-\x{1eebb}\x{1f100}-\x{1f10c}'
    || '\x{1fbf0}-\x{3134a}';

-- A capital letter, for the same reason.
create or replace temp macro intake_capital() as '[A-Z\x{c0}-\x{d6}\x{d8}-\x{de}\x{152}]';

-- Trimmed, and null if nothing is left. Most texts have nothing to trim: looking is ten times faster than trimming.
-- What a table writes so that a spreadsheet shows it as a text: « '=1+1 », « '01053 » (campaign/exports/formulas.py writes them).
-- And the formulas by which a text is kept a text (« ="01000" »), or a link has a name.
create or replace temp macro intake_unguarded(t) as
    case
        when starts_with(t, '=')
            then case
                when regexp_full_match(t, '(?s)="(?:[^"]|"")*"\s*') then replace(regexp_extract(t, '(?s)^="(.*)"', 1), '""', '"')
                when regexp_full_match(t, '(?is)=\s*(?:hyperlink|lien_hypertexte)\("[^"]*"\s*[;,]\s*"(?:[^"]|"")*"\)\s*')
                    then replace(regexp_extract(t, '(?is)[;,]\s*"((?:[^"]|"")*)"\)\s*$', 1), '""', '"')
                else t
            end
        -- a file whose cells stand between apostrophes
        when starts_with(t, chr(39)) and regexp_full_match(t, '\x27[^\x27]+\x27\s*') then regexp_extract(t, '\x27([^\x27]+)\x27', 1)
        when starts_with(t, chr(39))
            and regexp_matches(t, '^\x27(?:[ \x{a0}\v\f]*[=+\-@\t\r\n＝＋－＠]|(?:0[0-9]+|[0-9]{16,}|[0-9]+[eE][0-9]+)$)')
            then t[2:]
        else t
    end;

create or replace temp macro intake_trim(t) as
    case
        when
            t < '!'
            or ends_with(t, ' ')
            or ends_with(t, chr(9))
            or ends_with(t, chr(10))
            or ends_with(t, chr(13))
            or ends_with(t, chr(160))
            or ends_with(t, chr(8203))
            or starts_with(t, chr(160))
            or starts_with(t, chr(8203))
            or starts_with(t, chr(65279))
            then nullif(trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)), '')
        else t
    end;

-- A text to compare: no case, no accent, no punctuation.
create or replace temp macro intake_key(t) as
    trim(regexp_replace(strip_accents(lower(replace(replace(t, 'œ', 'oe'), 'Œ', 'oe'))), '[^a-z0-9]+', ' ', 'g'));

-- Character references (&eacute; &#8217;) as characters; `&amp;` last, so that nothing is read twice.
-- The variable intake_entities is filled by campaign/intake/text.py with those that occur.
create or replace temp macro intake_read_characters(t) as
    replace(
        list_reduce(
            list_distinct(regexp_extract_all(t, '&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});')),
            lambda done, entity: case
                when entity = '&amp;' then done
                else replace(done, entity, coalesce(getvariable('intake_entities')[entity], entity))
            end,
            t
        ),
        '&amp;', '&'
    );

-- What was encoded twice (« &amp;eacute; ») is one reference: nobody writes of references in the text of an event.
create or replace temp macro intake_characters(t) as
    case
        when contains(t, '&amp;')
            then intake_read_characters(
                regexp_replace(
                    t, '&(?:amp;)+(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,30};)', '&\1', 'g'
                )
            )
        else intake_read_characters(t)
    end;

-- What cannot be seen, and breaks documents, turns round what follows or keeps a word from being found: control characters,
-- soft hyphens, blanks and joiners without width, marks of direction, characters that are none.
create or replace temp macro intake_unseen() as
    '[\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{7f}-\x{9f}\x{ad}\x{34f}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}'
    || '\x{2060}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{fffe}\x{ffff}]';

-- What a text is written again for: that, and accents apart from their letters.
create or replace temp macro intake_uneven() as replace(intake_unseen(), '\x{34f}', '\x{300}-\x{36f}');

-- Joiners stay between pictures (a family is four of them) and in scripts that need them, not in Latin words.
create or replace temp macro intake_visible(t) as
    regexp_replace(
        regexp_replace(
            regexp_replace(nfc_normalize(t), '([\p{Latin}\p{N}\p{P}\p{Z}]|^)[\x{200c}\x{200d}]+', '\1', 'g'),
            '[\x{200c}\x{200d}]+([\p{Latin}\p{N}\p{P}\p{Z}]|$)', '\1', 'g'
        ),
        replace(intake_unseen(), '\x{200b}-\x{200f}', '\x{200b}\x{200e}\x{200f}'), '', 'g'
    );

create or replace temp macro intake_tags(t) as
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(t, '(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->', ' ', 'g'),
                '(?i)<li\b[^>]*>', chr(10) || '- ', 'g'
            ),
            '(?i)<br\b[^>]*>|</?(?:p|div|h[1-6]|ul|ol|tr|blockquote|section|article)\b[^>]*>', chr(10), 'g'
        ),
        '<[a-zA-Z/!?][^<>]*(?:>|$)', '', 'g'
    );

-- HTML as plain text. Tags are taken out again after the references: `&lt;b&gt;` must not become one.
create or replace temp macro intake_plain(t) as
    case
        when contains(t, '&') then intake_tags(intake_characters(intake_tags(t)))
        when contains(t, '<') then intake_tags(t)
        else t
    end;

-- The same in three steps, for a table's columns: tags, references, tags again.
create or replace temp macro intake_untagged(t) as case when contains(t, '<') then intake_tags(t) else t end;

create or replace temp macro intake_referred(t) as case when contains(t, '&') then intake_characters(t) else t end;

-- Markdown as plain text: links and images keep their words, emphasis and headings their text.
create or replace temp macro intake_markdown(t) as
    case
        when not regexp_matches(t, '[*_#>`\[\\]') then t
        else regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(
                                regexp_replace(t, '!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)', '\1', 'g'),
                                '(?m)^\s{0,3}(?:#{1,6}\s+|>\s?)', '', 'g'
                            ),
                            '(?m)^\s*(?:(?:\*\s*){3,}|(?:_\s*){3,}|(?:-\s*){3,})$', '', 'g'
                        ),
                        '(?:\*\*|__)([^\s*_](?:[^*_]*[^\s*_])?)(?:\*\*|__)', '\1', 'g'
                    ),
                    '(^|[\s(«"''])[*_]([^\s*_](?:[^*_\n]*[^\s*_])?)[*_]', '\1\2', 'g'
                ),
                '`+', '', 'g'
            ),
            '\\([\\*_{}\[\]()#+.!>~|-])', '\1', 'g'
        )
    end;

-- Blank lines and trailing blanks that tags leave behind.
create or replace temp macro intake_tidy(t) as
    case
        when contains(t, chr(10))
            then regexp_replace(
                regexp_replace(t, '[ \t\r\x{a0}]*\n[ \t\r\x{a0}]*', chr(10), 'g'), '\n{3,}', chr(10) || chr(10), 'g'
            )
        else t
    end;

create or replace temp macro intake_line(t) as
    case
        when
            contains(t, '  ') or contains(t, chr(10)) or contains(t, chr(13)) or contains(t, chr(9)) or contains(t, chr(8232))
            then regexp_replace(t, '[\s\x{2028}\x{2029}]+', ' ', 'g')
        else t
    end;

-- What a row's texts hold, joined by bars between bars, if there is anything to clean: tags, references, lines, blanks at an end or
-- side by side, an empty text, what cannot be seen.
create or replace temp macro intake_uncleaned() as
    '[<&\t\n\r\x{2028}]|  |[ \x{a0}]\||\|[ \x{a0}|]|' || intake_uneven();

-- A list of labels, each cleaned; looked at as one text first, for the same reason.
create or replace temp macro intake_is_clean(joined) as
    not (
        contains(joined, '<')
        or contains(joined, '&')
        or contains(joined, chr(9))
        or contains(joined, chr(10))
        or contains(joined, chr(13))
        or contains(joined, chr(160))
        or contains(joined, chr(31) || chr(31))
        or contains(joined, chr(31) || ' ')
        or contains(joined, ' ' || chr(31))
    );

create or replace temp macro intake_labels(texts) as
    case
        when texts is null or len(texts) = 0 then []
        when intake_is_clean(chr(31) || array_to_string(texts, chr(31)) || chr(31)) then texts
        else list_filter(
            list_transform(
                list_transform(
                    list_transform(
                        list_transform(list_transform(texts, lambda x: intake_untagged(x)), lambda x: intake_referred(x)),
                        lambda x: intake_untagged(x)
                    ),
                    lambda x: intake_trim(x)
                ),
                lambda x: intake_line(x)
            ),
            lambda x: x is not null
        )
    end;

-- A cell as a list.
create or replace temp macro intake_split(t) as
    case
        when t is null then []
        when contains(t, '|') or contains(t, ';') or contains(t, chr(10)) then string_split_regex(t, '\s*[|;\n]\s*')
        else [t]
    end;

-- E-mail addresses and telephone numbers. A telephone number has its pairs all joined or all apart: the day and hour
-- « 01.11.2014 18:30 » is none.
create or replace temp macro intake_email() as '(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}';
create or replace temp macro intake_phone() as
    '\b0[1-9](?:\d{8}|(?:[\s.\x{a0}\x{202f}/-]\d{2}){4}|(?:\s?[.-]\s?\d{2}){4})\b'
    || '|(?:\+|\b00)\d{2,3}[\s.\x{a0}-]?(?:\(0\)[\s.\x{a0}-]?)?\d{1,4}(?:[\s.\x{a0}-]?\d{2,4}){2,5}\b';

-- What may begin a telephone number in France, or one with a country's code. (A pattern that begins with one letter is looked for where
-- that stands, not letter by letter.)
create or replace temp macro intake_called() as
    '0(?:[1-9](?:[ .\x{a0}\x{202f}/-]{0,3}[0-9]{2}){4}|0[1-9][0-9]?[ .()0-9\x{a0}-]{6})';

-- The first tests are quick searches, which nearly always answer.
create or replace temp macro intake_is_personal(t) as
    case
        when contains(t, '@') and regexp_matches(t, intake_email()) then true
        when contains(t, '+') or regexp_matches(t, intake_called()) then regexp_matches(t, intake_phone())
        else false
    end;

create or replace temp macro intake_scrubbed(t) as
    regexp_replace(
        regexp_replace(t, intake_email(), '[adresse électronique retirée]', 'g'),
        intake_phone(), '[téléphone retiré]', 'g'
    );

-- Labels without what was taken out of them behind a dash or in brackets; one that said nothing else is none.
create or replace temp macro intake_scrubbed_labels(labels) as
    list_filter(
        list_transform(
            labels,
            lambda x: trim(
                regexp_replace(
                    intake_scrubbed(x), '\s*[–—:,;/<(-]+\s*\[(?:adresse électronique retirée|téléphone retiré)\][)>\s]*', ' ', 'g'
                )
            )
        ),
        lambda x: regexp_matches(
            replace(replace(x, '[adresse électronique retirée]', ''), '[téléphone retiré]', ''), '[' || intake_letters() || ']'
        )
    );

-- All that an event says in words, its labels too, as one text to be looked through. A list without labels adds nothing.
create or replace temp macro intake_all_text(title, description, conditions, venue, address, type_label, keywords, organisers, themes) as
    concat_ws(
        '|',
        title,
        description,
        conditions,
        venue,
        address,
        type_label,
        case when len(keywords) > 0 then array_to_string(keywords, '|') end,
        case when len(organisers) > 0 then array_to_string(organisers, '|') end,
        case when len(themes) > 0 then array_to_string(themes, '|') end
    );

-- How much of a text is kept: more is nothing that a person wrote for a reader.
create or replace temp macro intake_longest_line() as 500;
create or replace temp macro intake_longest_text() as 20000;
create or replace temp macro intake_longest_link() as 2000;
create or replace temp macro intake_most_labels() as 50;

-- A web address, completed if it only lacks its scheme; null for anything else (mailto:, tel:, javascript:…).
create or replace temp macro intake_link(t) as
    case
        when t is null then null
        when length(t) > intake_longest_link() or regexp_matches(t, intake_unseen()) then null
        when regexp_matches(t, '^https?://[^\s<>"@]+$') then t
        when
            regexp_matches(t, '^(?i)https?://[^\s<>"]+$') and not regexp_matches(t, '(?i)[a-z0-9._%+-]@[a-z0-9-]+\.[a-z]{2,}')
            then t
        when regexp_matches(t, '^(?i)(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>"@]*)?$') then 'https://' || t
    end;

-- What a text or an OpenAgenda number says of attendance and status.
create or replace temp macro intake_mode(t) as
    case
        when t is null then null
        when t = '1' then 'on_site'
        when t = '2' then 'online'
        when t = '3' then 'mixed'
        when regexp_matches(strip_accents(lower(t)), '\b(?:pas|non|plus|sans|aucune?|not|no) (?:de |d.|en |an |du tout )*(?:en ligne|on.?line|distan|visio|webinaire|virtuel)') then 'on_site'
        when regexp_matches(strip_accents(lower(t)), '\b(?:pas|non|plus|sans|aucune?|not|no) (?:de |en |du tout )*(?:sur place|on.site|in situ|presen|physique)') then 'online'
        when regexp_matches(strip_accents(lower(t)), 'mixte|mixed|hybrid|^\W*(?:les deux|both)\W*$') then 'mixed'
        when
            regexp_matches(strip_accents(lower(t)), 'en ligne|online|distan|visio|webinaire|virtuel')
            and regexp_matches(strip_accents(lower(t)), 'sur place|on.site|in situ|presen|en personne|physique')
            then 'mixed'
        when regexp_matches(strip_accents(lower(t)), 'en ligne|online|distan|visio|webinai?r|virtuel') then 'online'
        when regexp_matches(strip_accents(lower(t)), 'sur place|sur site|en salle|offline|on.site|in situ|presen|en personne|physique|face.to.face') then 'on_site'
    end;

-- Whether what stands for a place has letters of « en ligne »: patterns that take longer are run on those rows alone.
create or replace temp macro intake_may_be_online(t) as
    regexp_matches(t, '(?i)ligne|online|visio|webin|distan|virtuel|zoom|teams|internet|jitsi|youtube|twitch|facebook|web\b|hybrid|mixte');

-- Whether what stands for a place says that there is none: « En ligne », « Visioconférence (Zoom) », « sur Teams ».
-- Ligné is a town.
create or replace temp macro intake_is_online_place(t) as
    case
        when intake_may_be_online(t)
            then regexp_full_match(
                intake_key(t),
                '(?:(?:uniquement|exclusivement|seulement|evenement|seance|reunion|conference|atelier|100|lien|et|ou|par|via|sur|en) )*'
                || '(?:en ligne|on ?line|visio ?(?:conference)?s?|webinaires?|webinars?|(?:a |en )?(?:distance|distanciel)|virtuel|zoom|'
                || '(?:microsoft )?teams|jitsi(?: meet)?|google meet|youtube|twitch|internet|le web|web|facebook live)'
                || '(?: (?:et|ou|par|via|sur|en|lien|live|direct|meetings?|reunions?|a venir|uniquement|en ligne|on ?line|visio ?(?:conference)?|zoom|teams|events?'
                || '|de connexion|(?:sera )?(?:envoye|communique|transmis|fourni|donne)e?|a l|l|apres|inscription|aux? inscrits?|seulement'
                || '|jitsi|google meet|youtube|twitch|internet|facebook))*'
            )
        else false
    end;

-- Whether a link leads to a map, which says where people meet.
create or replace temp macro intake_is_map_link(t) as
    regexp_matches(
        t,
        '(?i)://(?:[a-z0-9-]+\.)*(?:google\.[a-z.]{2,6}/maps|goo\.gl/maps|maps\.[a-z]|openstreetmap\.|osm\.org|waze\.com|mappy\.com|viamichelin\.'
        || '|bing\.com/maps|w3w\.co|what3words\.com|geoportail\.)'
    );

-- Whether a place is a link, alone or after words that say so: « Zoom https://… ».
create or replace temp macro intake_is_online_link(t) as
    case
        when contains(t, '://') and intake_is_map_link(t) then false
        when contains(t, '://')
            then regexp_matches(t, '^(?i)https?://') or intake_is_online_place(regexp_replace(t, '(?i)https?://\S+', '', 'g'))
        else false
    end;

create or replace temp macro intake_status(t) as
    case
        when t is null then null
        when t = '1' then 'scheduled'
        when t = '2' then 'rescheduled'
        when t = '3' then 'moved_online'
        when t = '4' then 'postponed'
        when t = '5' then 'full'
        when t = '6' then 'cancelled'
        when regexp_matches(strip_accents(lower(t)), '\b(?:non|pas|not|jamais) (?:ete )?(?:annul|cancel|supprim)') then 'scheduled'
        when regexp_matches(strip_accents(lower(t)), 'annulable|annulation (?:possible|eventuelle|gratuite|libre|sans frais|jusqu)') then null
        when regexp_matches(strip_accents(lower(t)), 'annul|cancel|supprim|\bde.?programm') then 'cancelled'
        when regexp_matches(strip_accents(lower(t)), 're.?programm|re.?schedul|deplace(?:e)? au') then 'rescheduled'
        when regexp_matches(strip_accents(lower(t)), '\w en ligne|moved.?online') then 'moved_online'
        when regexp_matches(strip_accents(lower(t)), 'report|postpon') then 'postponed'
        when regexp_matches(strip_accents(lower(t)), 'complet|full') then 'full'
        when regexp_matches(strip_accents(lower(t)), 'a confirmer|non confirm|unconfirm') then null
        when regexp_matches(strip_accents(lower(t)), 'programm|schedul|confirm|maintenu|^live$|^(?:on|off).?sale$') then 'scheduled'
    end;

-- « ANNULÉ - Ciné-débat », « [Annulée] », « Ciné-débat (annulé) »: cancelled, whatever the status says. « L'annulation de la
-- dette » is a talk. A text is searched with a pattern only if it holds the letters.
create or replace temp macro intake_is_cancelled_title(t) as
    case
        when contains(lower(t), 'annul') or contains(lower(t), 'cancel')
            then regexp_matches(
                strip_accents(lower(t)),
                '^\W*(?:evenement |atelier |conference )?(?:annule(?:e|s|es)?|cancell?ed|annulation)\s*(?:$|[]:!)/|,.*-])'
                || '|[[(/|-]\s*(?:annule(?:e|s|es)?|cancell?ed)\s*(?:$|[])!])'
            )
            or regexp_matches(t, '^\W*ANNUL[ÉE]|\sANNUL[ÉE](E|S|ES)?\W*$')
        else false
    end;

-- « REPORTÉ AU 10/11 », « Ciné-débat (reporté) »: postponed, whatever the status says.
create or replace temp macro intake_is_postponed_title(t) as
    case
        when contains(lower(t), 'report')
            then regexp_matches(
                strip_accents(lower(t)), '^\W*(?:evenement |atelier |conference )?reporte(?:e|s|es)?\s*(?:$|au\b|a\b|[]:!)/|,.*-])'
            )
            or regexp_matches(strip_accents(lower(t)), '[[(/|-]\s*reporte(?:e|s|es)?\b(?:\s*$|\s+(?:au|a)\b|\s*[])!])')
            or regexp_matches(t, '^\W*REPORT[ÉE](?:E|S|ES)?\b|\sREPORT[ÉE](?:E|S|ES)?(?:\W*$|\s+AU\b)')
        else false
    end;

-- A cell that holds an option as JSON, as portals export it: its number.
create or replace temp macro intake_option(t) as
    case when starts_with(t, '{') then coalesce(try_cast(t as json) ->> 'id', t) else t end;

-- Whether a moderation state says « published »; null if it says nothing of it.
create or replace temp macro intake_published(t) as
    case
        when t is null then null
        when
            regexp_matches(
                regexp_replace(strip_accents(lower(t)), 'listes? d.attente', ''),
                'non publi|unpublish|depubli|\ba (?:valider|relire|verifier|corriger)\b|(?:non|pas|cours de) valid|pending|brouillon|draft|trash|corbeille|moder|refus|rejet|pret|controle|supprim|attente|prive|private|confiden|^personal$|^personnel(?:le)?$|^intern(?:e|al)$|^hors ligne$|^(?:company|staff|equipe|members?|membres|adherents|restricted|restreinte?|limitee?|group)$|^(?:members|membres|adherents) ?only$|^reservee? aux? (?:membres|adherents|equipes?)$'
            )
            then false
        when regexp_matches(strip_accents(lower(t)), 'publi|^en ligne$|^normale?$|^(?:par )?defaut$|^default$') then true
    end;

-- The place that stands beside « en ligne »: « Rennes et en ligne », « La Cantine + visio », « En ligne ou à Rennes »; « sur place »
-- where none is named; null where there is none beside it.
create or replace temp macro intake_place_beside_online(t) as
    case
        when intake_may_be_online(t) and not contains(t, '://')
            then list_filter(
                [
                    regexp_extract(
                        t,
                        '(?i)^\s*(?:(?:hybride|mixte|(?:en )?présentiel|sur place)\s*(?::|[àa]\s)\s*)?(.*?[)' || intake_letters() || '])\s*(?:[+&/|]|\s(?:et|ou|puis|and|or)\s|[,;(–—-]\s*(?:et|ou|aussi|retransmis|diffusé)\s)\s*'
                        || '(?:(?:aussi|également|simultanément|en simultané|en direct) )*'
                        || '(?:(?:en )?(?:visio(?:conf[ée]rence)?|distanciel|virtuel)|en ligne|[àa] distance'
                        || '|(?:sur |via |par )?(?:zoom|teams|youtube|internet|visio(?:conf[ée]rence)?)|webinaire|online)\)?\s*$',
                        1
                    ),
                    regexp_extract(
                        t,
                        '(?i)^\s*(?:(?:en )?(?:visio(?:conf[ée]rence)?|distanciel|virtuel)|en ligne|[àa] distance|(?:sur )?zoom|(?:sur )?teams|webinaire'
                        || '|online)\s*(?:[+&/]|\s(?:et|ou|puis|and|or)\s)\s*(?:[àa] )?(.+?)\s*$',
                        1
                    ),
                    regexp_extract(t, '(?i)^\s*(?:hybride|mixte)\s*[,:(–—-]\s*(.+?)\)?\s*$', 1),
                    regexp_extract(t, '(?i)^\s*(.+?)\s*[,(–—-]\s*(?:hybride|mixte)\)?\s*$', 1),
                    regexp_extract(
                        t, '(?i)^\s*(.+?)\s*[,;(–—-]\s*(?:en (?:ligne|visio|distanciel)|[àa] distance)\s+(?:aussi|également)\)?\s*$', 1
                    ),
                ],
                lambda place: place <> '' and not intake_is_online_place(place)
            )[1]
    end;

-- What is left of a place beside « en ligne », null where it is « sur place » only.
create or replace temp macro intake_named_place(t) as
    case when not regexp_full_match(t, '(?i)(?:en |au )?(?:pr[ée]sentiel|sur place)') then t end;

-- Words that stand for an empty cell: « n. c. », « N/A », « néant », « - ».
create or replace temp macro intake_says_nothing(t) as
    case
        when t is null then null
        when t >= '0' and t < ':' then false  -- it begins with a figure
        when starts_with(t, '#') and regexp_full_match(t, '#(?:N/?A|N/D|REF|VALUE|VALEUR|NAME|NOM|DIV/0|NULL|NUL|NUM|NOMBRE)[!?]?')
            then true
        -- a key is made only of what begins as one of the words does
        when length(t) <= 16 and regexp_matches(t, '(?i)^[^' || intake_letters() || ']*(?:n|auc|rien|sans|inc|und|xx)')
            then regexp_full_match(
                intake_key(t),
                'x{2,}|n ?a|n ?c|n ?r|n ?d|nan|null|none|neant|aucune?s?|rien|sans( objet)?|inconnue?s?|undefined'
                || '|non (communique|renseigne|precise|defini|disponible|connu|applicable)e?s?'
            )
        else not regexp_matches(t, '[' || intake_letters() || ']')
    end;

-- Words for a place or a name that is still to come: « à préciser », « (vide) ». Of a status they say something.
create or replace temp macro intake_is_to_come(t) as
    regexp_matches(t, '(?i)^[^' || intake_letters() || ']*(?:[aà] |vide|tb)')
    and regexp_full_match(intake_key(t), 'a (?:venir|preciser|definir|confirmer|determiner|completer)|vide|tb[acd]');

-- Whether a text is the address of a page and nothing else: nobody is called so.
create or replace temp macro intake_is_address_alone(t) as
    (starts_with(lower(t), 'http') or starts_with(lower(t), 'www.')) and regexp_full_match(t, '(?i)\s*(?:https?://|www\.)\S+\s*');

-- Whether any text of a list, joined by chr(31) and with one before the first, may say nothing. Patterns within a lambda are made
-- anew for each batch of rows, which takes longer than looking: they are run on those rows alone.
create or replace temp macro intake_may_say_nothing(joined) as
    regexp_matches(joined, '\x1f(?i:[^' || intake_letters() || ']|$|n|auc|rien|sans|inc|und|xx|[aà] |vide|tb|https?://|www\.)');

-- The finding on a value that was given for a field and not understood; without detail where none was given, null where it was.
-- Every format makes one for each field that is parsed: what is not understood is told, never replaced in silence.
-- campaign/wording/findings.py takes the field's name and the value apart again.
create or replace temp macro intake_unread(field, given, is_understood) as
    case
        when not coalesce(is_understood, false) then {'kind': 'value_not_understood', 'detail': field || ': ' || given}
    end;

-- Findings without those on a value that says nothing: planned once for all fields, which halves the time for a small file.
create or replace temp macro intake_told(findings) as
    list_filter(
        findings,
        lambda finding: case
            when finding is null then false
            when finding.kind = 'value_not_understood'
                then coalesce(not intake_says_nothing(substr(finding.detail, strpos(finding.detail, ': ') + 2)), false)
            else true
        end
    );

-- The kinds of disability that a text welcomes: OpenAgenda's codes, or words; « non accessible PMR » and « PMR : non » welcome none.
create or replace temp macro intake_accessibility(t) as
    list_transform(
        [
            regexp_replace(
                strip_accents(lower(t)),
                '\b(?:non|pas|peu|difficilement|in)[ -]?(?:encore )?accessibles?[^,;.|/]*|[^,;.|/]*\b(?:pmr|fauteuils?|reduite)\s*[:=]\s*non\b', ' ', 'g'
            ),
        ],
        lambda welcoming: list_filter(
            [
                case when regexp_matches(welcoming, '\bhi\b|auditi|malentendant|\bsourd|\blsf\b|langue des signes|boucles? magnetique') then 'hi' end,
                case when regexp_matches(welcoming, '\bvi\b|visuel|malvoyant|aveugle|braille|audiodescri') then 'vi' end,
                case when regexp_matches(welcoming, '\bpi\b|psychi') then 'pi' end,
                case when regexp_matches(welcoming, '\bmi\b|moteur|mobilite reduite|\bpmr\b|fauteuil') then 'mi' end,
                case when regexp_matches(welcoming, '\bii\b|intellectuel|mental') then 'ii' end,
            ],
            lambda kind: kind is not null
        )
    )[1];

-- What a text on accessibility says beyond that: « oui » alone does not say to whom.
create or replace temp macro intake_accessibility_rest(t) as
    nullif(
        case when regexp_full_match(strip_accents(lower(t)), '\W*(?:oui|yes|true|1|x|accessibles?|accessible a tou(?:te)?s)\W*') then t else trim(
            regexp_replace(
                regexp_replace(strip_accents(lower(t)), '[^' || intake_letters() || ']+', ' ', 'g'),
                '\b([hvpmi]i|handicap(e|ee|es|ees|s)?|deficien(t|ts|te|tes|ce|ces)|auditi(f|fs|ve|ves|on)|malentendants?|sourde?s?'
                || '|lsf|langue des signes|boucles? magnetiques?|braille|audiodescriptions?'
                || '|inaccessibles?|peu|pas|difficilement|encore|visuel(s|le|les)?|malvoyante?s?|aveugles?|psychiques?|psychiatriques?|moteurs?|mobilite reduite|pmr|fauteuils?'
                || '|roulants?|intellectuel(s|le|les)?|mental(e|es)?|mentaux|personnes?|publics?|accessibles?|accessibilite|acces'
                || '|a|au|aux|en|de|du|des|la|le|les|l|et|ou|pour|non|oui|aucune?|true|false|[01])\b',
                ' ', 'g'
            )
        ) end,
        ''
    );

create or replace temp macro intake_age(t) as
    case when try_cast(t as integer) between 0 and 130 then try_cast(t as smallint) end;

-- An instant kept as text in ISO 8601, if it can be read.
create or replace temp macro intake_instant(t) as
    case
        when year(try_cast(t as timestamp)) between 1990 and 2100
            then case when length(t) > 10 then left(t, 10) || 'T' || replace(substr(t, 12), ' ', '') else t end
    end;

-- The same of what is long to write out: its argument stands once.
create or replace temp macro intake_instant_of(t) as list_transform([t], lambda written: intake_instant(written))[1];

-- « 48,1173 », « 48.1173° N », « −1,6778 » (a typeset minus), « 1,6778 O » (west), with spaces of any kind. NaN is no number.
create or replace temp macro intake_written_decimal(t) as
    case when regexp_matches(t, '(?i)[swo]$') then -1 else 1 end
    * try_cast(regexp_replace(replace(replace(t, ',', '.'), chr(8722), '-'), '(?i)[nesow]$', '') as double);

-- « 48° 6' 41" N », « 1°40.6′ O », « N 48 06 41 », « 48 degrés 6 minutes Nord »: degrees, minutes and seconds.
create or replace temp macro intake_sexagesimal(t) as
    regexp_extract(
        t,
        '(?i)^\s*([nsewo])?\s*([-\x{2212}]?\d{1,3})\s*(?:°|º|d(?:eg(?:r[ée]s?)?)?|\s)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:[\x27’′´]|\s|min(?:utes?)?|$)\s*(?:minutes?\s*)?'
        || '(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["”″]|[\x27’′´]{2}|s(?:ec(?:ondes?)?)?)?\s*)?([nsewo]|nord|sud|est|ouest)?\s*$',
        ['before', 'degrees', 'minutes', 'seconds', 'after']
    );

create or replace temp macro intake_degrees(parts) as
    case
        when parts.degrees <> '' and coalesce(try_cast(replace(parts.minutes, ',', '.') as double), 0) < 60
            then case
                when regexp_matches(parts.before || parts.after, '(?i)^(?:[swo]$|sud|ouest)') or regexp_matches(parts.degrees, '^[-\x{2212}]') then -1 else 1
            end
            * (
                try_cast(regexp_replace(parts.degrees, '[-\x{2212}]', '') as double)
                + coalesce(try_cast(replace(parts.minutes, ',', '.') as double), 0) / 60
                + coalesce(try_cast(replace(parts.seconds, ',', '.') as double), 0) / 3600
            )
    end;

create or replace temp macro intake_decimal(t) as
    case
        when regexp_full_match(t, '-?\d+(\.\d+)?') then try_cast(t as double)
        when regexp_matches(t, '\d')
            then coalesce(
                case
                    when regexp_matches(t, '(?i)[\x27’′´"”″]|\d\s+\d|[°º]\s*\d|\d\s*deg')
                        then list_transform([intake_sexagesimal(t)], lambda parts: intake_degrees(parts))[1]
                end,
                intake_written_decimal(regexp_replace(regexp_replace(t, '^(?i)\s*([nsewo])\s*(.*)$', '\2\1'), '[\s\p{Zs}°º]', '', 'g'))
            )
    end;

-- Two coordinates in one cell, as texts: « 48.11, -1.67 », « 48,11 ; -1,67 », « POINT(-1.67 48.11) », « geo:48.11,-1.67 », an
-- address of a map (« @48.11,-1.67,15z »), « 48°06'41"N 1°40'40"W », in either order where the letters say which is which.
create or replace temp macro intake_position(t) as
    case
        when regexp_full_match(t, '[\[(]?\s*-?\d{1,3}(?:[.,]\d+)?\s*[,;/| ]\s*-?\d{1,3}(?:[.,]\d+)?\s*[\])]?')
            then regexp_extract(t, '^[\[(]?\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;/| ]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[\])]?$', ['lat', 'lon'])
        when regexp_matches(t, '(?i)^\s*(?:srid=\d+;)?point')
            then regexp_extract(t, '(?i)point\s*z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)', ['lon', 'lat'])
        when regexp_matches(t, '(?i)^\s*\{.*"coordinates"')
            then regexp_extract(t, '"coordinates"\s*:\s*\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)', ['lon', 'lat'])
        when regexp_matches(t, '(?i)\blat(?:itude)?"?\s*[:= ]')
            then {
                'lat': regexp_extract(t, '(?i)lat(?:itude)?"?\s*[:= ]\s*"?(-?\d+(?:[.,]\d+)?)', 1),
                'lon': regexp_extract(t, '(?i)(?:lon|lng|longitude)"?\s*[:= ]\s*"?(-?\d+(?:[.,]\d+)?)', 1),
            }
        when regexp_matches(t, '(?i)^\s*geo:|^https?://|^@?-?\d[^ ]*,\d+(?:\.\d+)?[zm]$')
            then regexp_extract(t, '(?i)(?:geo:|[@=/]|^)(-?\d{1,2}\.\d+)(?:,|%2C|/)\s*(-?\d{1,3}\.\d+)', ['lat', 'lon'])
        when regexp_full_match(t, '(?i).*\d.*[ns][\s,;/]+.*\d.*[ewo]\s*')
            then regexp_extract(t, '(?i)^(.*\d.*[ns])[\s,;/]+(.*\d.*[ewo])\s*$', ['lat', 'lon'])
        when regexp_full_match(t, '(?i).*\d.*[ewo][\s,;/]+.*\d.*[ns]\s*')
            then regexp_extract(t, '(?i)^(.*\d.*[ewo])[\s,;/]+(.*\d.*[ns])\s*$', ['lon', 'lat'])
        when regexp_full_match(t, '(?i)\s*[ns].*\d.*[\s,;/]+[ewo].*\d.*')
            then regexp_extract(t, '(?i)^\s*([ns].*\d\D*?)[\s,;/]+([ewo].*\d.*)$', ['lat', 'lon'])
        else {'lat': '', 'lon': ''}
    end;

-- A country's code, by its code or its name (campaign/intake/countries.py fills the variable); null for one that is not known.
create or replace temp macro intake_country(t) as
    case
        when t is null then null
        when regexp_full_match(t, '[A-Za-z]{2}') then upper(t)
        when lower(t) like 'france%' then 'FR'
        else getvariable('intake_countries')[intake_key(t)]
    end;

-- The parts of a place that is one text, « Maison des associations, 6 rue Haute, 35000 Rennes », « Salle des fêtes - Brest ».
-- A name in brackets at its end is a part too: « Salle des fêtes (Rennes, 35) ».
create or replace temp macro intake_parts_of_place(t) as
    list_filter(
        string_split_regex(
            regexp_replace(
                regexp_replace(t, '\s*\((' || intake_capital() || '[^()\d]+?)\)\s*$', ', \1'),
                '\s*\((' || intake_capital() || '[^()\d]+?)[\s,-]+(\d[\dAB]|97\d)\)\s*$',
                ', \1 (\2)'
            ),
            '\s*[,;\n]\s*|\s+[-–—:]\s+|:\s+'
        ),
        lambda part: part <> ''
    );

-- The town of a part that says whose it is, or more of it: « Mairie de Lille », « Médiathèque municipale de Fougères », « Cinéma
-- Arvor à Rennes », « À Quimper (29) », « Rennes (lieu à préciser) ». « Collège Honoré de Balzac » names no town.
create or replace temp macro intake_bare_town(t) as
    regexp_replace(
        regexp_replace(
            -- « Gare de Lyon » is in Paris
            regexp_replace(t, '(?i)^gare de lyon$|\s+cedex(?:\s+\d+)?$|\s*\([a-z\x{df}-\x{f6}\x{f8}-\x{ff}\x{153}][^()]*\)\s*$', ''),
            '^(?i:mairie|m[ée]diath[èe]que|biblioth[èe]que|universit[ée]|office de tourisme|gare)(?: [a-zé]+)? du ([A-ZÉ])', 'Le \1'
        ),
        '^(?:(?i:[àa] )|(?i:mairie|h[ôo]tel de ville|salle (?:des f[êe]tes|polyvalente|municipale|communale)|m[ée]diath[èe]que'
        || '|biblioth[èe]que|ludoth[èe]que|office de tourisme|maison (?:des associations|pour tous)|centre (?:social|culturel)|espace culturel'
        || '|ccas|mjc|universit[ée]|lyc[ée]e|coll[èe]ge|[ée]cole|th[ée][âa]tre|cin[ée]ma|halles?|march[ée]|foyer rural|gare(?: sncf)?|pr[ée]fecture)(?: [a-zé]+)? (?:de |d[''’])'
        || '|(?i:cin[ée]ma|th[ée][âa]tre|m[ée]diath[èe]que|lyc[ée]e|coll[èe]ge|universit[ée]|salle|maison|centre|espace|gymnase|halle|place|parc'
        || '|[ée]cole|h[ôo]tel)(?: [^,]*)? à )([A-ZÀÂÇÉÈÊÎÔÛŒ][^,;]+)$',
        '\1'
    );

-- Whether a part of a place may be a town's name: a capital, no number, no country, no word of a building or a street.
create or replace temp macro intake_may_be_town(t) as
    length(t) between 2 and 45
    and regexp_matches(t, '^' || intake_capital())
    and not regexp_matches(
        regexp_replace(t, '\((?:\d[\dAB]|97\d)\)|^(?i:paris|lyon|marseille) (?:[1-9]|1\d|20) ?(?i:er|e|[eè]me|è)(?: arr[a-z.]*)?$', ''), '\d'
    )
    and intake_country(t) is null
    and not regexp_matches(
        t,
        '(?i)(?:^|[^' || intake_letters() || '])(?:salles?|maison|mairie|m[ée]diath[èe]que|biblioth[èe]que|centre|espace|th[ée][âa]tre|caf[ée]|bar|[ée]cole'
        || '|coll[èe]ge|lyc[ée]e|universit[ée]|campus|place|rue|avenue|boulevard|quai|parc|jardin|ferme|tiers|halles?|gymnase|cin[ée]ma'
        || '|mus[ée]e|[ée]glise|r[ée]sidence|quartier|zone|za|zi|all[ée]e|chemin|route|impasse|cours|square|local|si[èe]ge|h[ôo]tel|foyer|chez|cit[ée]|ccas|mjc|mpt|lieux?|divers|plusieurs|kiosque|chapelle'
        || '|palais|complexe|p[ôo]le|galerie|restaurant|brasserie|bistrot|friche|hangar|studio|pavillon|boutique|magasin|usine|fabrique|manoir|abbaye'
        || '|gare|pr[ée]fecture|b[âa]timent|[ée]tage|sous-sol|rdc|rez|accueil|entr[ée]e|hall|aile'
        || '|ch[âa]teau|domaine|auditorium|amphi(?:th[ée][âa]tre)?|atelier|librairie|stade|en ligne|visio[' || intake_letters() || ']*|zoom|online)(?:[^' || intake_letters() || '-]|$)'
    );

-- Findings on a registration link that is none: an address or a number of a person is taken out, anything else is dropped.
create or replace temp macro intake_unlinked(given, link) as
    case
        when given is null or link is not null or intake_says_nothing(given) then null
        when intake_is_personal(given) then {'kind': 'personal_data_removed', 'detail': null::varchar}
        else {'kind': 'link_dropped', 'detail': null::varchar}
    end;

-- The same of what is long to write out: its argument stands once.
create or replace temp macro intake_decimal_of(t) as list_transform([t], lambda written: intake_decimal(written))[1];

-- Coordinates in JSON: {lat, lon}, [lat, lon], or a text that holds two numbers.
create or replace temp macro intake_json_lat(j) as
    coalesce(
        try_cast(j ->> 'lat' as double), try_cast(j ->> 0 as double), intake_decimal_of(intake_position(j ->> '$').lat)
    );

create or replace temp macro intake_json_lon(j) as
    coalesce(
        try_cast(j ->> 'lon' as double), try_cast(j ->> 1 as double), intake_decimal_of(intake_position(j ->> '$').lon)
    );

create or replace temp macro intake_unread_point(given, lat, lon) as
    case
        when given is not null and (lat is null or lon is null) and not intake_says_nothing(given)
            then {'kind': 'coordinates_unreadable', 'detail': given}
    end;
